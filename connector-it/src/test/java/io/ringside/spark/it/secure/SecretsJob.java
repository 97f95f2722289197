// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A job in a JVM of its own that is given secrets in every way there is, and prints all that Spark
 * tells of its plans and failures.
 */
final class SecretsJob {
  private SecretsJob() {}

  /**
   * Ends with {@code JOB OK}.
   *
   * @param args a file of properties: {@code events}, {@code wrong}, {@code option.<name>} and
   *     {@code conf.<name>}
   */
  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
      properties.load(reader);
    }
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.compress", "false")
            .config("spark.eventLog.dir", properties.getProperty("events"))
            .config("spark.log.level", "DEBUG");
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("conf.")) {
        builder.config(name.substring("conf.".length()), properties.getProperty(name));
      }
    }
    try (SparkSession spark = builder.getOrCreate()) {
      run(spark, properties);
    }
    System.out.println("JOB OK");
  }

  private static void run(SparkSession spark, Properties properties) {
    Dataset<Row> read = spark.read().format("cassandra").options(options(properties)).load();
    Dataset<Row> rows = read.where("id >= 0").selectExpr("id + 10 AS id", "v");
    rows.explain("extended");
    rows.explain("formatted");
    System.out.println(rows.queryExecution());
    rows.write().format("cassandra").options(options(properties)).mode("append").save();
    String view =
        options(properties).entrySet().stream()
            .map(option -> "`%s` '%s'".formatted(option.getKey(), option.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql("CREATE TEMPORARY VIEW w USING cassandra OPTIONS (" + view + ")");
    spark.sql("SELECT * FROM w WHERE id >= 1").explain("extended");
    System.out.println(spark.sql("SELECT count(*) FROM secure.secured.kept").collectAsList());
    spark.sql("EXPLAIN EXTENDED SELECT * FROM secure.secured.kept").show(100, false);
    spark.sql("EXPLAIN INSERT INTO secure.secured.kept SELECT 1, 'z'").show(100, false);
    spark.sql("DESCRIBE EXTENDED secure.secured.kept").show(100, false);
    Map<String, String> wrong = options(properties);
    wrong.put("password", properties.getProperty("wrong"));
    print(() -> spark.read().format("cassandra").options(wrong).load());
    wrong.put("tls.keystore-password", properties.getProperty("wrong"));
    print(() -> spark.read().format("cassandra").options(wrong).load());
    wrong.put("read.pages", "1");
    print(() -> spark.read().format("cassandra").options(wrong).load());
  }

  private static Map<String, String> options(Properties properties) {
    Map<String, String> options = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("option.")) {
        options.put(name.substring("option.".length()), properties.getProperty(name));
      }
    }
    return options;
  }

  private static void print(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
    }
  }
}
