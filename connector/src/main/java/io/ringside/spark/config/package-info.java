// SPDX-License-Identifier: Apache-2.0
/**
 * One registry of options, resolved once on the driver into immutable records. May import error.
 */
@NullMarked
package io.ringside.spark.config;

import org.jspecify.annotations.NullMarked;
