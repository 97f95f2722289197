// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.Cassandra;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The tables of the program {@code ClusterJob}, made and checked past the connector. */
record JobTables(CqlSession session, String keyspace, int rows) {
  /** As the program has them. */
  private static final int CHANGED = 100;

  private static final int DELETED = 50;

  /** Requests at a time; a connection takes no more than 1,024. */
  private static final int IN_FLIGHT = 200;

  /** Each token of theirs has one replica. */
  static JobTables make(CqlSession session, String keyspace, int rows) {
    Cassandra.ddl(session, "DROP KEYSPACE IF EXISTS " + keyspace);
    Cassandra.ddl(
        session,
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));
    for (String table : List.of("source", "copy")) {
      Cassandra.ddl(
          session, "CREATE TABLE %s.%s (id int PRIMARY KEY, v text)".formatted(keyspace, table));
    }
    PreparedStatement insert =
        session.prepare("INSERT INTO %s.source (id, v) VALUES (?, ?)".formatted(keyspace));
    List<CompletionStage<?>> sent = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      sent.add(session.executeAsync(insert.bind(id, "v" + id)));
      if (sent.size() == IN_FLIGHT || id == rows - 1) {
        sent.forEach(one -> one.toCompletableFuture().join());
        sent.clear();
      }
    }
    return new JobTables(session, keyspace, rows);
  }

  /** The connector's jar. */
  static Path connector() {
    try {
      Path jar =
          Path.of(
              CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      assertThat(jar.toString()).endsWith(".jar");
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings that the program needs besides its arguments. */
  static Map<String, String> settings(String contactPoint) {
    return Map.of(
        "spark.datasource.cassandra.contact-points",
        contactPoint,
        "spark.sql.catalog.cass",
        "io.ringside.spark.CassandraCatalog",
        "spark.sql.catalog.cass.contact-points",
        contactPoint,
        "spark.sql.shuffle.partitions",
        "4");
  }

  /** Empties the table that the program writes. */
  void clear() {
    session.execute("TRUNCATE " + keyspace + ".copy");
  }

  /** Asserts that the program has done what it should, by what Cassandra has. */
  void assertDone() {
    Map<Integer, String> wanted = new TreeMap<>();
    for (int id = DELETED; id < rows + CHANGED; id++) {
      wanted.put(id, id < rows - CHANGED ? "v" + id + '!' : "m" + id);
    }
    Map<Integer, String> found = new TreeMap<>();
    for (Row row :
        session.execute(
            SimpleStatement.newInstance("SELECT id, v FROM %s.copy".formatted(keyspace)))) {
      found.put(row.getInt(0), row.getString(1));
    }
    assertThat(found).isEqualTo(wanted);
  }

  /** How many rows that are. */
  int rowsWhenDone() {
    return rows + CHANGED - DELETED;
  }
}
