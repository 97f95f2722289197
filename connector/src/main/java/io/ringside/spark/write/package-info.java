// SPDX-License-Identifier: Apache-2.0
/**
 * Spark's faces of a write, one role each, and what starts a job: the plan of its rows, and what is
 * removed first. Not catalog, not read. Below it are write.timed and write.change, below these
 * write.rows, and below all write.send.
 */
@NullMarked
package io.ringside.spark.write;

import org.jspecify.annotations.NullMarked;
