// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A job in a JVM of its own, for tests with another class path: counts the rows of a table. */
final class CountJob {
  private CountJob() {}

  /**
   * Prints {@code ROWS <count>}.
   *
   * @param args options, {@code name=value} each; {@code ship} is a file that Spark ships
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    Arrays.stream(args)
        .map(arg -> arg.split("=", 2))
        .forEach(pair -> options.put(pair[0], pair[1]));
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.datasource.cassandra.connection.overrides", "all")
            .getOrCreate()) {
      String shipped = options.remove("ship");
      if (shipped != null) {
        spark.sparkContext().addFile(shipped);
      }
      System.out.println(
          "ROWS " + spark.read().format("cassandra").options(options).load().count());
    }
  }
}
