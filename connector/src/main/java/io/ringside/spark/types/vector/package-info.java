// SPDX-License-Identifier: Apache-2.0
/**
 * Rows in the bytes in which they came, and views of their cells as Spark's column vectors. Knows
 * nothing of encoders. May import types and what types may.
 */
@NullMarked
package io.ringside.spark.types.vector;

import org.jspecify.annotations.NullMarked;
