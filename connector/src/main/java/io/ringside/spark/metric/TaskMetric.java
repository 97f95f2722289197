// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** One task's value of a metric. Made on executors. */
record TaskMetric(String name, long value) implements CustomTaskMetric {}
