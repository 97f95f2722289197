// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are not frozen hold each element once, or what could double them is refused. */
@Tag("matrix")
class ListWritesIT {
  private static final String KS = "list_writes";

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE list_writes.plain (k int PRIMARY KEY, l list<int>, v int)");
    for (String table : List.of("source", "copied", "mixed", "updated", "merged")) {
      Cassandra.cql(
          "CREATE TABLE list_writes."
              + table
              + " (k int, c int, s list<int> static, t int static, v int, PRIMARY KEY (k, c))");
    }
  }

  private static void save(Dataset<Row> rows, String table, Map<String, String> options) {
    rows.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .options(options)
        .mode("append")
        .save();
  }

  private static List<Integer> list(String column, String table, int k) {
    return Cassandra.cql("SELECT %s FROM list_writes.%s WHERE k = %d".formatted(column, table, k))
        .all()
        .get(0)
        .getList(0, Integer.class);
  }

  private static Dataset<Row> partitions(String... columns) {
    return Spark.SESSION.range(0, 6, 1, 1).selectExpr(columns);
  }

  @Test
  void copiesAStaticListOnce() {
    for (int c = 0; c < 3; c++) {
      Cassandra.cql("INSERT INTO list_writes.source (k, c, v) VALUES (1, ?, ?)", c, c);
    }
    Cassandra.cql("UPDATE list_writes.source SET s = [7, 8], t = 3 WHERE k = 1");
    Spark.SESSION.sql("INSERT INTO cass.list_writes.copied SELECT * FROM cass.list_writes.source");
    assertThat(list("s", "copied", 1)).containsExactly(7, 8);
    assertThat(Cassandra.cql("SELECT v FROM list_writes.copied WHERE k = 1").all()).hasSize(3);
  }

  @Test
  void setsAStaticListOnceFromRowsOfInterleavedPartitions() {
    save(
        partitions(
            "cast(id % 2 AS int) AS k", "cast(id AS int) AS c", "array(7, 8) AS s", "1 AS v"),
        "mixed",
        Map.of());
    assertThat(list("s", "mixed", 0)).containsExactly(7, 8);
    assertThat(list("s", "mixed", 1)).containsExactly(7, 8);
  }

  @Test
  void setsAStaticListToThatOfTheLastRow() {
    save(
        partitions(
            "cast(5 AS int) AS k",
            "cast(id AS int) AS c",
            "array(cast(id AS int), 0) AS s",
            "cast(id AS int) AS t"),
        "mixed",
        Map.of());
    assertThat(list("s", "mixed", 5)).containsExactly(5, 0);
  }

  @Test
  void updatesAStaticListOnce() {
    for (int c = 0; c < 3; c++) {
      Cassandra.cql("INSERT INTO list_writes.updated (k, c, v) VALUES (1, ?, ?)", c, c);
    }
    Spark.SESSION.sql("UPDATE cass.list_writes.updated SET s = array(5)");
    assertThat(list("s", "updated", 1)).containsExactly(5);
  }

  @Test
  void mergesAStaticListOnce() {
    Spark.SESSION.sql(
        "MERGE INTO cass.list_writes.merged t"
            + " USING (SELECT 1 AS k, explode(array(1, 2, 3)) AS c) s ON t.k = s.k AND t.c = s.c"
            + " WHEN NOT MATCHED THEN INSERT (k, c, s) VALUES (s.k, s.c, array(4, 5))");
    assertThat(list("s", "merged", 1)).containsExactly(4, 5);
  }

  @Test
  void refusesAStaticListAtTheTimesOfRows() {
    assertThatThrownBy(
            () ->
                save(
                    partitions(
                        "cast(1 AS int) AS k",
                        "cast(id AS int) AS c",
                        "array(7, 8) AS s",
                        "5L AS at"),
                    "mixed",
                    Map.of("write.timestamp-column", "at")))
        .hasMessageContaining("would set the static list 's'");
  }

  private static Dataset<Row> timed() {
    return partitions(
        "cast(id AS int) AS k",
        "array(1, 2) AS l",
        "1700000000000000L AS _writetime_l",
        "cast(null AS int) AS _ttl_l");
  }

  @Test
  void writesAListAtItsOwnTime() {
    save(timed(), "plain", Map.of("write.cell-metadata", "true"));
    assertThat(list("l", "plain", 0)).containsExactly(1, 2);
  }

  @Test
  void refusesToStreamAListAtItsOwnTime() throws Exception {
    refusesStream(
        new String[] {
          "cast(value AS int) AS k",
          "array(1, 2) AS l",
          "1700000000000000L AS _writetime_l",
          "cast(null AS int) AS _ttl_l"
        },
        Map.of("write.cell-metadata", "true"));
  }

  @Test
  void refusesToStreamAConditionalAdditionToAList() throws Exception {
    refusesStream(
        new String[] {"cast(value AS int) AS k", "array(7) AS l"},
        Map.of("write.if", "EXISTS", "write.collection.l", "append"));
  }

  @Test
  void refusesToStreamAListAtTheTimesOfRows() throws Exception {
    refusesStream(
        new String[] {"cast(value AS int) AS k", "array(7) AS l", "5L AS at"},
        Map.of("write.timestamp-column", "at"));
  }

  private void refusesStream(String[] columns, Map<String, String> options) throws Exception {
    Files.writeString(folder.resolve("one.txt"), "1");
    DataStreamWriter<Row> writer =
        Spark.SESSION
            .readStream()
            .format("text")
            .load(folder.toString())
            .selectExpr(columns)
            .writeStream()
            .format("cassandra")
            .outputMode("append");
    Map<String, String> all = new HashMap<>(options);
    all.put("keyspace", KS);
    all.put("table", "plain");
    all.put("checkpointLocation", folder.resolve("checkpoint").toString());
    all.forEach((key, value) -> Spark.with(writer, key, value));
    assertThatThrownBy(() -> writer.start().processAllAvailable())
        .hasStackTraceContaining("an epoch that Spark repeats would add to its cells once more");
  }
}
