// SPDX-License-Identifier: Apache-2.0
/**
 * The connector's one exception, its codes, and the texts of its errors. Imports nothing of ours.
 */
@NullMarked
package io.ringside.spark.error;

import org.jspecify.annotations.NullMarked;
