// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import org.apache.spark.sql.connector.metric.CustomMetric;

/**
 * A metric whose value is the sum over all tasks. Spark loads each subclass by its name in the
 * driver's UI, so each is public and has a constructor without parameters.
 */
public abstract class SumMetric implements CustomMetric {
  private final String name;
  private final String description;
  private final MetricUnit unit;

  SumMetric(String name, String description) {
    this(name, description, MetricUnit.COUNT);
  }

  SumMetric(String name, String description, MetricUnit unit) {
    this.name = name;
    this.description = description;
    this.unit = unit;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String aggregateTaskMetrics(long[] taskMetrics) {
    return unit.text(taskMetrics);
  }
}
