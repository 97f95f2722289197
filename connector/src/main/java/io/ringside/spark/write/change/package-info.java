// SPDX-License-Identifier: Apache-2.0
/**
 * From changes of rows to mutations: deletions, and the cells that {@code UPDATE} and {@code MERGE}
 * set. Sends nothing. May import what write.rows may, and write.rows.
 */
@NullMarked
package io.ringside.spark.write.change;

import org.jspecify.annotations.NullMarked;
