// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A session that has nothing but the settings of the DataStax connector (SCC), two catalogs of the
 * shared Cassandra, and the tables of the examples. As an extension of a test class it makes this
 * session the active one.
 */
final class SccSession implements BeforeAllCallback, AfterAllCallback {
  /** Its own name of its format. */
  static final String FORMAT = "org.apache.spark.sql.cassandra";

  static final SparkSession SPARK = Spark.SESSION.newSession();
  private static final AtomicInteger TABLES = new AtomicInteger();

  static {
    makeTables();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    SparkSession.setActiveSession(SPARK);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SparkSession.setActiveSession(Spark.SESSION);
  }

  static void makeTables() {
    SPARK.conf().unset("spark.datasource.cassandra.contact-points");
    for (String prefix : List.of("", "spark.sql.catalog.cass100.", "spark.sql.catalog.cass200.")) {
      SPARK.conf().set(prefix + "spark.cassandra.connection.host", Cassandra.host());
      SPARK.conf().set(prefix + "spark.cassandra.connection.port", Cassandra.port());
    }
    for (String catalog : List.of("cass100", "cass200")) {
      SPARK.conf().set("spark.sql.catalog." + catalog, "io.ringside.spark.CassandraCatalog");
    }
    Cassandra.keyspace("scc");
    Cassandra.cql("CREATE TABLE scc.tab (k int, c int, v int, PRIMARY KEY (k, c))");
    Cassandra.cql("CREATE TABLE scc.copy (k int, c int, v int, PRIMARY KEY (k, c))");
    Cassandra.cql("CREATE TABLE scc.written (k int, c int, v int, PRIMARY KEY (k, c))");
    Cassandra.cql(
        "CREATE TABLE scc.words (user text, word text, count int, PRIMARY KEY (user, word))");
    Cassandra.cql(
        "CREATE TABLE scc.pushed (p1 bigint, p2 bigint, p3 bigint, c1 bigint, c2 bigint, v bigint,"
            + " PRIMARY KEY ((p1, p2, p3), c1, c2))");
    Cassandra.cql(
        "INSERT INTO scc.tab (k, c, v) VALUES (1, 1, 10) USING TTL 50000 AND TIMESTAMP 77");
    Cassandra.cql("INSERT INTO scc.tab (k, c, v) VALUES (2, 1, 20)");
    Cassandra.cql("INSERT INTO scc.words (user, word, count) VALUES ('Russ', 'dino', 10)");
    Cassandra.cql("INSERT INTO scc.words (user, word, count) VALUES ('Zebra', 'zed', 100)");
    for (int i = 1; i <= 3; i++) {
      Cassandra.cql(
          "INSERT INTO scc.pushed (p1, p2, p3, c1, c2, v) VALUES (1, 1, ?, 1, ?, 5)",
          (long) i,
          (long) i);
    }
  }

  /** Runs statements and gives the rows of the last one. */
  static Dataset<Row> sql(String... statements) {
    Dataset<Row> last = SPARK.emptyDataFrame();
    for (String statement : statements) {
      last = SPARK.sql(statement);
    }
    return last;
  }

  static Dataset<Row> read(Map<String, String> options) {
    return SPARK.read().format(FORMAT).options(options).load();
  }

  static Map<String, String> optionsOf(String table, String... more) {
    Map<String, String> options = new HashMap<>(Map.of("keyspace", "scc", "table", table));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  static void write(String rows, String mode, Map<String, String> options) {
    SPARK.sql(rows).write().format("cassandra").options(options).mode(mode).save();
  }

  /** Writes rows, and gives those of a query. */
  static Dataset<Row> written(String rows, String mode, Map<String, String> options, String query) {
    write(rows, mode, options);
    return SPARK.sql(query);
  }

  /** Makes a table with a column {@code v} of a type, and gives its name. */
  static String tableOf(String cqlType) {
    String table = "c" + TABLES.incrementAndGet();
    Cassandra.cql("CREATE TABLE scc." + table + " (k int PRIMARY KEY, v " + cqlType + ")");
    return table;
  }
}
