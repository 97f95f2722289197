// SPDX-License-Identifier: Apache-2.0
/**
 * The only place that executes a mutation: batches of one partition, the window of requests under
 * way, retries and write times. Knows nothing of Spark's rows. May import error, config, schema,
 * metric and session.
 */
@NullMarked
package io.ringside.spark.write.send;

import org.jspecify.annotations.NullMarked;
