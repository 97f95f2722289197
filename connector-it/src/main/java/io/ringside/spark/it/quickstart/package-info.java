// SPDX-License-Identifier: Apache-2.0
/**
 * The main job in one command: Spark writes a time series to a real Cassandra and reads it back.
 */
@NullMarked
package io.ringside.spark.it.quickstart;

import org.jspecify.annotations.NullMarked;
