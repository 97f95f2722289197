// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
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
  private static final String SOURCE = "spark.datasource.cassandra.";

  private SecretsJob() {}

  /**
   * Ends with {@code JOB OK}.
   *
   * @param args a file of properties: {@code wrong}, {@code option.<name>}, {@code conf.<name>},
   *     and {@code bad.<number>.<name>} for values that are wrong
   */
  public static void main(String[] args) throws IOException {
    Properties properties = JobSession.properties(args[0]);
    try (SparkSession spark = JobSession.open(properties)) {
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
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("bad.")) {
        String option = name.substring(name.indexOf('.', "bad.".length()) + 1);
        failEverywhere(spark, properties, option, properties.getProperty(name));
      }
    }
  }

  /** Gives a wrong value to an option in every place where it may be given. */
  private static void failEverywhere(
      SparkSession spark, Properties properties, String option, String value) {
    Map<String, String> bad = options(properties);
    // Another way to say the same would be an error of its own.
    bad.keySet().removeIf(name -> option.startsWith(name + '.'));
    bad.put(option, value);
    print(() -> spark.read().format("cassandra").options(bad).load().collectAsList());
    print(() -> spark.range(1).write().format("cassandra").options(bad).mode("append").save());
    if (!option.contains("password") && !option.contains("secret")) {
      // What else a session sets is shown by Spark itself.
      return;
    }
    String table = bad.get("keyspace") + "." + bad.get("table");
    String catalog = "bad";
    bad.keySet().removeAll(List.of("keyspace", "table"));
    for (String prefix : List.of("spark.sql.catalog." + catalog + '.', SOURCE)) {
      SparkSession session = spark.newSession();
      SparkSession.setActiveSession(session);
      session.conf().set("spark.sql.catalog." + catalog, "io.ringside.spark.CassandraCatalog");
      bad.forEach((name, given) -> session.conf().set(prefix + name, given));
      print(() -> session.sql("SELECT * FROM " + catalog + '.' + table).collectAsList());
      print(() -> session.read().format("cassandra").load(table).collectAsList());
    }
    SparkSession.setActiveSession(spark);
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
