// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * A shared endpoint in a JVM of its own: an application whose settings connect to Cassandra with
 * credentials, and users with a session each. Prints a line for each thing that a user does.
 */
final class SharedEndpointJob {
  private final SparkSession application;
  private final String host;
  private final String file;

  private SharedEndpointJob(SparkSession application, String host, String file) {
    this.application = application;
    this.host = host;
    this.file = file;
  }

  /**
   * Ends with {@code JOB OK}.
   *
   * @param args a file of properties: {@code host} and {@code file} as in {@link Tricks}, and
   *     {@code conf.<name>}
   */
  public static void main(String[] args) throws IOException {
    Properties properties = JobSession.properties(args[0]);
    try (SparkSession spark = JobSession.open(properties)) {
      new SharedEndpointJob(spark, properties.getProperty("host"), properties.getProperty("file"))
          .run();
    }
    System.out.println("JOB OK");
  }

  private void run() {
    boolean withOptions = !application.version().startsWith("3.");
    Map<String, List<String>> tricks = Tricks.of(host, file, withOptions);
    tricks.forEach(this::attempt);
    program("a program's host", Map.of("contact-points", host));
    program("a program's file", Map.of("username", "x", "password.file", file));
    write();
    fixed();
    borrowed();
    ownLogin();
    System.out.println("TRICKS " + (tricks.size() + 3));
  }

  /** In a session of its own, as each connection to a Thrift server has. */
  private void attempt(String name, List<String> statements) {
    SparkSession session = application.newSession();
    print(name, () -> statements.forEach(statement -> session.sql(statement).collectAsList()));
  }

  private DataFrameReader reader(SparkSession session, Map<String, String> options) {
    SparkSession.setActiveSession(session);
    return session
        .read()
        .format("cassandra")
        .option("keyspace", "secured")
        .option("table", "t")
        .options(options);
  }

  private void program(String name, Map<String, String> options) {
    print(name, () -> reader(application.newSession(), options).load().collectAsList());
  }

  private void write() {
    SparkSession session = application.newSession();
    SparkSession.setActiveSession(session);
    print(
        "a program's host for a write",
        () ->
            session
                .range(1)
                .selectExpr("cast(id AS int) AS id", "'x' AS v")
                .write()
                .format("cassandra")
                .option("keyspace", "secured")
                .option("table", "t")
                .option("contact-points", host)
                .mode("append")
                .save());
  }

  /** What a session takes back, the application has still said. */
  private void fixed() {
    SparkSession session = application.newSession();
    SparkSession.setActiveSession(session);
    for (String option : List.of("contact-points", "username", "password.file")) {
      session.conf().unset("spark.sql.catalog.cass." + option);
    }
    System.out.println(
        "KEPT " + session.sql("SELECT count(*) FROM cass.secured.t").collectAsList());
    session.sql("SET `spark.sql.catalog.cass.catalog.allow-drop`=true");
    print("a drop", () -> session.sql("DROP TABLE cass.secured.t"));
  }

  /** A program's connection is used by its session alone, though its catalog's name can be seen. */
  private void borrowed() {
    Map<String, String> own =
        Map.of("contact-points", host, "username", "own-user", "password", "own-word");
    SparkSession victim = application.newSession();
    print("own host", () -> reader(victim, own).load());
    List<String> names =
        victim.sql("SET").collectAsList().stream()
            .map(row -> row.getString(0))
            .filter(name -> name.matches("spark\\.sql\\.catalog\\._cassandra_\\d+"))
            .toList();
    for (String name : names) {
      String catalog = name.substring(name.lastIndexOf('.') + 1);
      SparkSession thief = application.newSession();
      SparkSession.setActiveSession(thief);
      thief.sql("SET " + name + "=io.ringside.spark.CassandraCatalog");
      print("borrowed " + catalog, () -> thief.sql("SHOW NAMESPACES IN " + catalog));
    }
  }

  /** Users may log in as themselves where the application connects to. */
  private void ownLogin() {
    SparkSession session = application.newSession();
    SparkSession.setActiveSession(session);
    session.sql("SET spark.sql.catalog.open.username=keeper2");
    session.sql("SET spark.sql.catalog.open.password=keeper2");
    System.out.println(
        "OWN LOGIN " + session.sql("SELECT count(*) FROM open.secured.t").collectAsList());
  }

  private static void print(String name, Runnable work) {
    try {
      work.run();
      System.out.println("DONE " + name);
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.out.println("REFUSED " + name + " | " + cause.getMessage());
      e.printStackTrace(System.out);
    }
  }
}
