// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data with two columns of one name is refused on Spark's driver, and nothing of it is written. */
@Tag("matrix")
class RepeatedNamesIT {
  private static final String KS = "repeated_names";

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE repeated_names.t (id int PRIMARY KEY, v int, w int, city text)");
    Cassandra.cql("CREATE TABLE repeated_names.counted (id int PRIMARY KEY, n counter)");
  }

  private static void refuses(Dataset<Row> rows, String table, String name, Map<String, String> o) {
    assertThatThrownBy(
            () ->
                rows.write()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", table)
                    .options(o)
                    .mode("append")
                    .save())
        .hasMessageContaining("the data has more than one column '" + name + "'");
    assertThat(Cassandra.cql("SELECT * FROM repeated_names." + table).all()).isEmpty();
  }

  private static Dataset<Row> ids(String... columns) {
    return Spark.SESSION.range(3).selectExpr(columns);
  }

  @Test
  void refusesAValueColumnTwice() {
    refuses(
        ids("cast(id AS int) AS id", "100 AS v", "200 AS v", "cast(null AS int) AS w"),
        "t",
        "v",
        Map.of());
  }

  @Test
  void refusesTheKeysOfBothSidesOfAJoin() {
    Dataset<Row> left = ids("cast(id AS int) AS id", "1 AS v");
    Dataset<Row> right = ids("cast(id AS int) AS id", "cast(null AS string) AS city");
    refuses(left.join(right, left.col("id").equalTo(right.col("id"))), "t", "id", Map.of());
  }

  @Test
  void refusesTheUnmatchedRowsOfALeftJoin() {
    Dataset<Row> left = ids("cast(id AS int) AS id", "1 AS v");
    Dataset<Row> right = ids("cast(id + 7 AS int) AS id", "'x' AS city");
    refuses(left.join(right, left.col("id").equalTo(right.col("id")), "left"), "t", "id", Map.of());
  }

  @Test
  void refusesTheColumnOfAWriteTimeTwice() {
    refuses(
        ids("cast(id AS int) AS id", "1 AS v", "2L AS at", "3L AS at"),
        "t",
        "at",
        Map.of("write.timestamp-column", "at"));
  }

  @Test
  void refusesACounterTwice() {
    refuses(ids("cast(id AS int) AS id", "1L AS n", "2L AS n"), "counted", "n", Map.of());
  }

  @Test
  void refusesAColumnOfAConditionTwice() {
    refuses(
        ids("cast(id AS int) AS id", "1 AS v", "2 AS old", "3 AS old"),
        "t",
        "old",
        Map.of("write.if", "v = :old"));
  }

  @Test
  void refusesTheTimesOfACellTwice() {
    refuses(
        ids(
            "cast(id AS int) AS id",
            "1 AS v",
            "5L AS _writetime_v",
            "6L AS _writetime_v",
            "cast(null AS int) AS _ttl_v"),
        "t",
        "_writetime_v",
        Map.of("write.cell-metadata", "true"));
  }

  @Test
  void refusesAKeyTwiceWhereRowsAreDeleted() {
    refuses(
        ids("cast(id AS int) AS id", "cast(id + 1 AS int) AS id"),
        "t",
        "id",
        Map.of("write.operation", "delete"));
  }

  @Test
  void refusesNamesThatDifferInCaseAlone() {
    assertThatThrownBy(
            () -> Spark.append(ids("cast(id AS int) AS id", "1 AS v", "2 AS V"), KS, "t"))
        .hasMessageContaining("it has no column 'V'");
  }

  @Test
  void refusesAStream() throws Exception {
    Files.writeString(folder.resolve("one.txt"), "1");
    DataStreamWriter<Row> writer =
        Spark.SESSION
            .readStream()
            .format("text")
            .load(folder.toString())
            .selectExpr("cast(value AS int) AS id", "10 AS v", "11 AS v", "cast(null AS int) AS w")
            .writeStream()
            .format("cassandra")
            .outputMode("append");
    Spark.with(writer, "keyspace", KS);
    Spark.with(writer, "table", "t");
    Spark.with(writer, "checkpointLocation", folder.resolve("checkpoint").toString());
    assertThatThrownBy(() -> writer.start().processAllAvailable())
        .hasStackTraceContaining("the data has more than one column 'v'");
    assertThat(Cassandra.cql("SELECT * FROM repeated_names.t").all()).isEmpty();
  }
}
