// SPDX-License-Identifier: Apache-2.0
/**
 * Values of Spark's rows as the bytes of cells: an encoder for each column. Knows nothing of
 * vectors. May import types and what types may.
 */
@NullMarked
package io.ringside.spark.types.encode;

import org.jspecify.annotations.NullMarked;
