// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.TraceEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What statements that change rows send to Cassandra, what they leave alone, and refuse. */
@Tag("matrix")
class RowChangesIT {
  private static final String KS = "changes";
  private static final SentCql SENT = new SentCql();

  /** A catalog of its own has a session of its own, which logs its requests. */
  @BeforeAll
  static void makeCatalog() {
    Cassandra.keyspace(KS);
    catalog("changed", Map.of("driver-config", SentCql.driverConfig()));
    assertThat(Spark.SESSION.sql("SHOW TABLES IN changed.changes").count()).isZero();
  }

  private static void catalog(String name, Map<String, String> options) {
    String prefix = "spark.sql.catalog." + name;
    Spark.SESSION.conf().set(prefix, "io.ringside.spark.CassandraCatalog");
    Spark.SESSION.conf().set(prefix + ".contact-points", Cassandra.CLUSTER.contactPoint());
    options.forEach((option, value) -> Spark.SESSION.conf().set(prefix + "." + option, value));
  }

  @AfterAll
  static void stopCollecting() {
    SENT.close();
  }

  private static void sql(String statement) {
    Spark.SESSION.sql(statement.replace("$", "changed.changes."));
  }

  private static void make(String table, String columns, String... rows) {
    Cassandra.cql("CREATE TABLE changes." + table + " (" + columns + ")");
    for (String row : rows) {
      Cassandra.cql("INSERT INTO changes." + table + " " + row);
    }
    SENT.clear();
  }

  private static Row one(String query) {
    return Objects.requireNonNull(Cassandra.cql(query).one(), query);
  }

  private static List<String> sent(String verb, String table) {
    return SENT.containing("changes." + table).stream()
        .filter(line -> line.contains(verb + " "))
        .toList();
  }

  @Test
  void keyDeleteIsOneStatementWithoutRead() {
    make("slice", "p int, c int, v int, PRIMARY KEY (p, c)");
    for (int c = 0; c < 10; c++) {
      Cassandra.cql("INSERT INTO changes.slice (p, c, v) VALUES (1, ?, 1)", c);
    }
    sql("DELETE FROM $slice WHERE p = 1 AND c >= 3 AND c < 8");
    Cassandra.await("the deletion is logged", () -> !sent("DELETE", "slice").isEmpty());
    assertThat(sent("DELETE", "slice"))
        .singleElement()
        .asString()
        .contains("DELETE FROM changes.slice USING TIMESTAMP ? WHERE p=? AND c>=? AND c<?");
    assertThat(sent("SELECT", "slice")).isEmpty();
    assertThat(one("SELECT count(*) FROM changes.slice").getLong(0)).isEqualTo(5);
  }

  @Test
  void deleteOfSeveralKeysIsOneStatementEach() {
    make("keys", "k int PRIMARY KEY, v int", "(k, v) VALUES (1, 1)", "(k, v) VALUES (2, 2)");
    sql("DELETE FROM $keys WHERE k IN (1, 2, 3)");
    Cassandra.await("the deletions are logged", () -> sent("DELETE", "keys").size() >= 3);
    assertThat(sent("DELETE", "keys")).hasSize(3);
    assertThat(sent("SELECT", "keys")).isEmpty();
    assertThat(Cassandra.cql("SELECT * FROM changes.keys").all()).isEmpty();
  }

  @Test
  void deleteByValueReadsKeysAlone() {
    make(
        "byvalue",
        "p int, c int, v int, w text, PRIMARY KEY (p, c)",
        "(p, c, v, w) VALUES (1, 1, 5, 'a')",
        "(p, c, v, w) VALUES (1, 2, 6, 'b')");
    sql("DELETE FROM $byvalue WHERE v = 5");
    // Besides the scan, the sizes of partitions are looked up from samples of whole rows.
    List<String> scan =
        sent("SELECT", "byvalue").stream().filter(line -> !line.contains("\"token\"")).toList();
    assertThat(scan).isNotEmpty().noneMatch(line -> line.contains(",w"));
    assertThat(Cassandra.cql("SELECT c FROM changes.byvalue").all())
        .extracting(row -> row.getInt(0))
        .containsExactly(2);
  }

  @Test
  void updateLeavesOtherCellsAsTheyAre() {
    make(
        "cells",
        "k int, c int, v int, w text, n text, s int static, PRIMARY KEY (k, c)",
        "(k, c, v, w, s) VALUES (1, 1, 1, 'w', 9) USING TIMESTAMP 1000 AND TTL 100000",
        "(k, c, v, w) VALUES (1, 2, 2, 'w') USING TIMESTAMP 1000 AND TTL 100000");
    sql("UPDATE $cells SET v = v + 10 WHERE c = 1");
    Row row =
        one(
            "SELECT v, writetime(v), writetime(w), ttl(w), ttl(v), writetime(s) FROM changes.cells"
                + " WHERE k = 1 AND c = 1");
    assertThat(row.getInt(0)).isEqualTo(11);
    assertThat(row.getLong(1)).isGreaterThan(1_000_000_000_000L);
    assertThat(row.getLong(2)).isEqualTo(1000);
    assertThat(row.getInt(3)).isBetween(90_000, 100_000);
    assertThat(row.isNull(4)).isTrue();
    assertThat(row.getLong(5)).isEqualTo(1000);
    Row other = one("SELECT writetime(v), writetime(w) FROM changes.cells WHERE k = 1 AND c = 2");
    assertThat(other.getLong(0)).isEqualTo(1000);
    assertThat(other.getLong(1)).isEqualTo(1000);
    Cassandra.await("the update is logged", () -> !sent("UPDATE", "cells").isEmpty());
    assertThat(sent("UPDATE", "cells")).hasSize(1);
    assertThat(sent("INSERT", "cells")).isEmpty();
    assertThat(tombstones("SELECT * FROM changes.cells WHERE k = 1")).isZero();
  }

  @Test
  void updateToNullDeletesThatCell() {
    make("nulls", "k int PRIMARY KEY, v int, w text", "(k, v, w) VALUES (1, 1, 'w')");
    sql("UPDATE $nulls SET v = null, w = concat(w, '2') WHERE k = 1");
    Row row = one("SELECT v, w FROM changes.nulls WHERE k = 1");
    assertThat(row.isNull(0)).isTrue();
    assertThat(row.getString(1)).isEqualTo("w2");
    assertThat(tombstones("SELECT * FROM changes.nulls WHERE k = 1")).isEqualTo(1);
  }

  @Test
  void updateToTheSameValuesSendsNothing() {
    make("same", "k int PRIMARY KEY, v int, w text", "(k, v) VALUES (1, 1)");
    sql("UPDATE $same SET v = 1, w = null WHERE k = 1");
    assertThat(sent("UPDATE", "same")).isEmpty();
    assertThat(sent("SELECT", "same")).isNotEmpty();
  }

  /** Rows that a statement has moved are not met again by its own scan, however slow. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void changesEachRowOnce() {
    make("many", "p int, c int, v int, PRIMARY KEY (p, c)");
    Spark.append(
        Spark.SESSION.sql("SELECT 1 AS p, cast(id AS int) AS c, 0 AS v FROM range(5000)"),
        KS,
        "many");
    catalog("small", Map.of("read.page-size", "1k", "read.buffer-size", "4k"));
    Spark.SESSION.sql("UPDATE small.changes.many SET c = c + 10000, v = v + 1");
    Row row = one("SELECT count(*), min(c), max(c), min(v), max(v) FROM changes.many");
    assertThat(row.getLong(0)).isEqualTo(5000);
    assertThat(row.getInt(1)).isEqualTo(10_000);
    assertThat(row.getInt(2)).isEqualTo(14_999);
    assertThat(row.getInt(3)).isEqualTo(1);
    assertThat(row.getInt(4)).isEqualTo(1);
  }

  @Test
  void mergeInsertsWithoutTombstones() {
    make("merged", "k int PRIMARY KEY, v int, w text", "(k, v) VALUES (1, 1)");
    sql(
        "MERGE INTO $merged t USING (SELECT id, cast(null AS string) AS w FROM range(1, 4)) s"
            + " ON t.k = s.id WHEN MATCHED THEN UPDATE SET v = 7, w = s.w"
            + " WHEN NOT MATCHED THEN INSERT (k, v, w) VALUES (s.id, 8, s.w)");
    assertThat(Cassandra.cql("SELECT v FROM changes.merged").all())
        .extracting(row -> row.getInt(0))
        .containsExactlyInAnyOrder(7, 8, 8);
    assertThat(tombstones("SELECT * FROM changes.merged")).isZero();
  }

  /** What the server says that a query read past. */
  private static long tombstones(String query) {
    List<TraceEvent> events =
        Cassandra.SESSION
            .execute(SimpleStatement.newInstance(query).setTracing(true))
            .getExecutionInfo()
            .getQueryTrace()
            .getEvents();
    List<String> reads =
        events.stream()
            .map(event -> String.valueOf(event.getActivity()))
            .filter(activity -> activity.matches("Read \\d+ live rows and \\d+ tombstone.*"))
            .toList();
    assertThat(reads).as("%s", events).isNotEmpty();
    return reads.stream()
        .mapToLong(
            read -> Long.parseLong(read.replaceAll("Read \\d+ live rows and (\\d+) .*", "$1")))
        .sum();
  }

  @Test
  void hidesTheColumnsThatNameRows() {
    make("hidden", "p int, c int, v int, PRIMARY KEY (p, c)", "(p, c, v) VALUES (1, 2, 3)");
    assertThat(Spark.SESSION.sql("SELECT * FROM changed.changes.hidden").columns())
        .containsExactly("p", "c", "v");
    assertThat(
            Spark.SESSION
                .sql("SELECT _stored_row, v, _primary_key.c FROM changed.changes.hidden")
                .collectAsList())
        .hasToString("[[[1,2,3],3,2]]");
  }

  @Test
  void truncatesWhenADeletionHasNoCondition() {
    make("emptied", "p int PRIMARY KEY, v int", "(p, v) VALUES (1, 1)");
    sql("DELETE FROM $emptied");
    assertThat(one("SELECT count(*) FROM changes.emptied").getLong(0)).isZero();
    Cassandra.await("the truncation is logged", () -> !sent("TRUNCATE", "emptied").isEmpty());
    assertThat(sent("TRUNCATE", "emptied")).hasSize(1);
  }

  @Test
  void refusesWhatItCannotDoRight() {
    make(
        "refused",
        "p int, c int, s int static, v int, PRIMARY KEY (p, c)",
        "(p, s) VALUES (1, 1)",
        "(p, c, v) VALUES (2, 2, 2)");
    assertThatThrownBy(() -> sql("UPDATE $refused SET v = 1 WHERE p = 1"))
        .hasStackTraceContaining("a partition has static cells alone");
    assertThatThrownBy(() -> sql("UPDATE $refused SET p = 7 WHERE p = 2"))
        .hasStackTraceContaining("would get another partition key");
    assertThatThrownBy(() -> sql("UPDATE $refused SET c = null WHERE p = 2"))
        .hasStackTraceContaining("null");
    Cassandra.cql(
        "CREATE MATERIALIZED VIEW changes.refused_view AS SELECT p, c, v FROM changes.refused"
            + " WHERE p IS NOT NULL AND c IS NOT NULL AND v IS NOT NULL PRIMARY KEY (v, p, c)");
    assertThatThrownBy(() -> sql("DELETE FROM $refused_view WHERE v = 2"))
        .hasStackTraceContaining("it is a materialized view");
    assertThatThrownBy(() -> sql("UPDATE $refused_view SET c = 2 WHERE p = 2"))
        .hasStackTraceContaining("it is a materialized view");
    make("decimals", "k decimal PRIMARY KEY, v int", "(k, v) VALUES (1.5, 1)");
    assertThatThrownBy(() -> sql("UPDATE $decimals SET v = 2"))
        .hasStackTraceContaining("does not determine its bytes");
    catalog("untimed", Map.of("write.timestamp", "server"));
    assertThatThrownBy(
            () -> Spark.SESSION.sql("UPDATE untimed.changes.refused SET v = 3 WHERE p = 2"))
        .hasStackTraceContaining("write.timestamp is 'server'");
    Spark.SESSION.sql("DELETE FROM untimed.changes.refused WHERE v = 2");
    assertThat(one("SELECT count(*) FROM changes.refused").getLong(0)).isEqualTo(1);
  }

  private static void deleteKeys(String query, String table) {
    Dataset<org.apache.spark.sql.Row> keys = Spark.SESSION.sql(query);
    keys.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .option("write.operation", "delete")
        .mode("append")
        .save();
  }

  @Test
  void deletesTheKeysOfADataFrame() {
    make("frame", "p int, q text, c int, d int, v int, PRIMARY KEY ((p, q), c, d)");
    for (int i = 0; i < 40; i++) {
      Cassandra.cql(
          "INSERT INTO changes.frame (p, q, c, d, v) VALUES (?, 'q', ?, ?, 1)",
          i / 10,
          i / 5 % 2,
          i % 5);
    }
    deleteKeys("SELECT 0 AS p, 'q' AS q", "frame");
    assertThat(one("SELECT count(*) FROM changes.frame").getLong(0)).isEqualTo(30);
    deleteKeys("SELECT 1 AS c, 1 AS p, 'q' AS q", "frame");
    assertThat(one("SELECT count(*) FROM changes.frame").getLong(0)).isEqualTo(25);
    deleteKeys("SELECT 2 AS p, 'q' AS q, cast(id AS int) AS d, 0 AS c FROM range(2, 9)", "frame");
    assertThat(one("SELECT count(*) FROM changes.frame").getLong(0)).isEqualTo(22);

    assertThatThrownBy(() -> deleteKeys("SELECT 3 AS p", "frame"))
        .hasStackTraceContaining("column 'q' of its partition key is missing");
    assertThatThrownBy(() -> deleteKeys("SELECT 3 AS p, 'q' AS q, 1 AS d", "frame"))
        .hasStackTraceContaining("clustering column 'd' is given without those before it");
    assertThatThrownBy(() -> deleteKeys("SELECT 3 AS p, 'q' AS q, 1 AS v", "frame"))
        .hasStackTraceContaining("column 'v' is not part of its primary key");
    assertThatThrownBy(() -> deleteKeys("SELECT 3 AS p, 'q' AS q, cast(null AS int) AS c", "frame"))
        .hasStackTraceContaining("column 'c' is part of the primary key but null in a row");
    assertThat(one("SELECT count(*) FROM changes.frame").getLong(0)).isEqualTo(22);
  }
}
