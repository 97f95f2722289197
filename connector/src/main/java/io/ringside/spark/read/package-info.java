// SPDX-License-Identifier: Apache-2.0
/** Scan builder, predicate pushdown, planner, input partitions, readers. Not catalog, not write. */
@NullMarked
package io.ringside.spark.read;

import org.jspecify.annotations.NullMarked;
