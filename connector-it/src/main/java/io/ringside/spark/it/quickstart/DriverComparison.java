// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.bench.TokenRangeScan;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How long it takes to read all cells of a table, each way several times in turn.
 *
 * @param connector median seconds through Spark
 * @param driver median seconds by the driver alone
 */
record DriverComparison(double connector, double driver) {
  private static final int TIMED_RUNS = 3;

  /**
   * Compares.
   *
   * @param table as Spark reads it
   * @param name of the table in CQL
   * @param token of its partition key in CQL
   * @throws IllegalStateException when the driver reads another number of rows
   */
  static DriverComparison of(
      CqlSession session, Dataset<Row> table, String name, String token, long rows) {
    TokenRangeScan driverScan = new TokenRangeScan(session, "SELECT * FROM " + name, token, "");
    double[] driver = new double[TIMED_RUNS];
    double[] connector = new double[TIMED_RUNS];
    for (int run = -1; run < TIMED_RUNS; run++) {
      long start = System.nanoTime();
      long byDriver = driverScan.countRows();
      double driverSeconds = secondsSince(start);
      start = System.nanoTime();
      table.write().format("noop").mode("overwrite").save();
      double connectorSeconds = secondsSince(start);
      if (byDriver != rows) {
        throw new IllegalStateException(
            "The bare driver reads %,d rows, Spark %,d".formatted(byDriver, rows));
      }
      // The first run warms both up.
      if (run >= 0) {
        driver[run] = driverSeconds;
        connector[run] = connectorSeconds;
      }
    }
    Arrays.sort(driver);
    Arrays.sort(connector);
    return new DriverComparison(connector[TIMED_RUNS / 2], driver[TIMED_RUNS / 2]);
  }

  double ratio() {
    return connector / driver;
  }

  static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
