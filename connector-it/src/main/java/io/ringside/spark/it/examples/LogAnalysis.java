// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/**
 * Analyses one day of a service's requests in SQL alone: the statements of {@code
 * examples/log-analysis.sql}, which {@code spark-sql -f} runs as well.
 *
 * <p>The requests are partitioned by service and day, so each statement reads one partition. Their
 * results go to tables that the script makes: errors by frequency, rates and percentiles by hour,
 * and the sessions of visitors.
 *
 * <p>Table: {@code examples/logs.cql}. Needs the catalog {@code cass}. Arguments: service, day, and
 * the table to make for the sessions.
 */
public final class LogAnalysis {
  private LogAnalysis() {}

  /** Takes a service, a day such as {@code 2024-05-01}, and a table that does not exist yet. */
  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().appName("Log analysis").getOrCreate();
    run(spark, args[0], args[1], args[2]);
    spark.stop();
  }

  /** Runs the script. Its variables are settings of the session. */
  public static void run(SparkSession spark, String service, String day, String sessions)
      throws IOException {
    spark.conf().set("logs.service", service);
    spark.conf().set("logs.day", day);
    spark.conf().set("logs.sessions", sessions);
    for (String statement : script().split(";\n", -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
  }

  private static String script() throws IOException {
    try (InputStream file = LogAnalysis.class.getResourceAsStream("/examples/log-analysis.sql")) {
      if (file == null) {
        throw new IOException("log-analysis.sql is not in the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
