// SPDX-License-Identifier: Apache-2.0
/**
 * One registry of options, resolved on the driver into immutable records, one for each part of a
 * read, a write or a connection. May import {@code config.scc} and {@code error}.
 */
@NullMarked
package io.ringside.spark.config;

import org.jspecify.annotations.NullMarked;
