// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An option that an operation cannot follow is refused, and no row is touched. */
@Tag("matrix")
class WriteOptionsIT {
  private static final String KS = "write_options";

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE write_options.t (id int PRIMARY KEY, status text, tags set<int>)");
  }

  @BeforeEach
  void fill() {
    for (int id = 0; id < 4; id++) {
      Cassandra.cql(
          "INSERT INTO write_options.t (id, status) VALUES (?, ?)",
          id,
          id % 2 == 0 ? "open" : "closed");
    }
  }

  private static long rows() {
    return Cassandra.cql("SELECT count(*) FROM write_options.t").one().getLong(0);
  }

  static Stream<Map.Entry<String, String>> optionsThatDeletionsCannotFollow() {
    return Map.of(
        "write.if", "status = 'closed'",
        "write.if-not-exists", "true",
        "write.ttl", "60",
        "write.ttl-column", "nope",
        "write.timestamp-column", "nope",
        "write.cell-metadata", "true",
        "write.collection.tags", "append")
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("optionsThatDeletionsCannotFollow")
  void refusesToDeleteTheKeysOfADataFrame(Map.Entry<String, String> option) {
    Dataset<Row> ids = Spark.SESSION.range(4).selectExpr("cast(id AS int) AS id");
    assertThatThrownBy(
            () ->
                ids.write()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", "t")
                    .option("write.operation", "delete")
                    .option(option.getKey(), option.getValue())
                    .mode("append")
                    .save())
        .hasMessageContaining("Cannot delete from write_options.t: it cannot follow option");
    assertThat(rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("optionsThatDeletionsCannotFollow")
  void refusesADeleteByKey(Map.Entry<String, String> option) {
    refuses("DELETE FROM cass.write_options.t WHERE id IN (0, 1, 2, 3)", "delete from", option);
  }

  @ParameterizedTest
  @MethodSource("optionsThatDeletionsCannotFollow")
  void refusesADeleteRowByRow(Map.Entry<String, String> option) {
    refuses("DELETE FROM cass.write_options.t WHERE length(status) > 1", "delete from", option);
  }

  @ParameterizedTest
  @MethodSource("optionsThatDeletionsCannotFollow")
  void refusesAnUpdate(Map.Entry<String, String> option) {
    if (!option.getKey().equals("write.ttl")) {
      refuses("UPDATE cass.write_options.t SET status = 'x'", "update", option);
    }
  }

  @ParameterizedTest
  @MethodSource("optionsThatDeletionsCannotFollow")
  void refusesAMerge(Map.Entry<String, String> option) {
    if (!option.getKey().equals("write.ttl")) {
      refuses(
          "MERGE INTO cass.write_options.t t USING (SELECT 1 AS id) s ON t.id = s.id"
              + " WHEN MATCHED THEN UPDATE SET status = 'x'",
          "merge into",
          option);
    }
  }

  private static void refuses(String statement, String verb, Map.Entry<String, String> option) {
    SparkSession session = Spark.SESSION;
    String key = "spark.datasource.cassandra." + option.getKey();
    session.conf().set(key, option.getValue());
    try {
      assertThatThrownBy(() -> session.sql(statement))
          .hasStackTraceContaining("Cannot " + verb + " write_options.t: it cannot follow option");
    } finally {
      session.conf().unset(key);
    }
    assertThat(rows()).isEqualTo(4);
    assertThat(Cassandra.cql("SELECT status FROM write_options.t WHERE id = 1").one().getString(0))
        .isEqualTo("closed");
  }

  @Test
  void deletesAtAFixedTimeAndBringsKeysTogether() {
    Spark.SESSION
        .range(2)
        .selectExpr("cast(id AS int) AS id")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "t")
        .option("write.operation", "delete")
        .option("write.timestamp", "1000")
        .option("write.distribution", "partition_key")
        .mode("append")
        .save();
    assertThat(rows()).as("rows that are younger than the deletion").isEqualTo(4);
  }
}
