// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Spark's UI finds the classes of the connector's metrics. It looks for them in the class
 * path of the driver, where {@code --jars} and {@code spark.jars} do not put a jar; then it shows
 * {@code N/A} while a query runs, and the History Server always. Driver only.
 */
final class MetricClasses {
  private static final Logger LOG = LoggerFactory.getLogger(MetricClasses.class);
  private static final AtomicBoolean CHECKED = new AtomicBoolean();

  private MetricClasses() {}

  /** Warns once in a JVM if the UI does not find them. */
  static void warnIfHidden() {
    if (CHECKED.compareAndSet(false, true) && !isFoundBy(SparkContext.class.getClassLoader())) {
      LOG.warn(
          "Spark's SQL tab shows N/A for the connector's metrics while a query runs, as the jar is"
              + " not in the driver's class path. Put it into Spark's jars folder, or into"
              + " spark.driver.extraClassPath beside spark.jars; the History Server needs it, too.");
    }
  }

  /** Whether a class loader finds the connector's own classes. */
  static boolean isFoundBy(ClassLoader spark) {
    try {
      return Class.forName(SumMetric.class.getName(), false, spark) == SumMetric.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
