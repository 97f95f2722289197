// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import java.text.NumberFormat;
import java.util.Locale;
import org.apache.spark.sql.connector.metric.CustomMetric;

/**
 * A metric whose value is the sum over all tasks. Spark loads each subclass by its name in the
 * driver's UI, so each is public and has a constructor without parameters.
 */
public abstract class SumMetric implements CustomMetric {
  private final String name;
  private final String description;

  SumMetric(String name, String description) {
    this.name = name;
    this.description = description;
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
    long sum = 0;
    for (long value : taskMetrics) {
      sum += value;
    }
    return NumberFormat.getIntegerInstance(Locale.ROOT).format(sum);
  }
}
