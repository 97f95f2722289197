// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.SccSession.optionsOf;
import static io.ringside.spark.it.SccSession.read;
import static io.ringside.spark.it.SccSession.sql;
import static io.ringside.spark.it.SccSession.written;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples of the DataStax connector's documents, version 3.5: writes. */
@Tag("matrix")
@ExtendWith(SccSession.class)
class SccWritesIT {
  private static final String TTL =
      "SELECT _ttl_v BETWEEN 900 AND 1000 FROM cass100.scc.written WHERE k = ";
  private static final String TIME = "SELECT _writetime_v FROM cass100.scc.written WHERE k = ";

  /** Converts a value to a CQL type. */
  private static SccExample converts(String value, String cqlType, String expected) {
    return new SccExample(
        value + " to " + cqlType,
        () -> {
          String table = SccSession.tableOf(cqlType);
          return written(
              "SELECT 1 AS k, " + value + " AS v",
              "append",
              optionsOf(table),
              "SELECT cast(v AS string) FROM cass100.scc." + table);
        },
        expected);
  }

  private static Stream<SccExample> copies() {
    return Stream.of(
        new SccExample(
            "writes: INSERT from another table",
            () ->
                sql(
                    "INSERT INTO cass100.scc.copy SELECT * FROM cass100.scc.tab",
                    "SELECT count(*) FROM cass100.scc.copy"),
            "[2]"),
        new SccExample(
            "writes: from one cluster to another",
            () ->
                sql(
                    "INSERT INTO cass200.scc.copy SELECT * FROM cass100.scc.tab",
                    "SELECT count(*) FROM cass200.scc.copy"),
            "[2]"),
        new SccExample(
            "writes: a copy of words",
            () -> {
              Cassandra.cql(
                  "CREATE TABLE scc.words_copy (user text, word text, count int, PRIMARY KEY (user,"
                      + " word))");
              read(optionsOf("words"))
                  .write()
                  .format(SccSession.FORMAT)
                  .options(optionsOf("words_copy"))
                  .mode("append")
                  .save();
              return read(optionsOf("words_copy")).selectExpr("sum(count)");
            },
            "[110]"));
  }

  private static Stream<SccExample> timesToLive() {
    return Stream.of(
        new SccExample(
            "writes: the time to live of a column",
            () ->
                written(
                    "SELECT 1000 AS ttlCol, 5 AS k, -1 AS c, -2 AS v",
                    "append",
                    optionsOf("written", "ttl", "ttlCol"),
                    TTL + 5),
            "[true]"),
        new SccExample(
            "writes: the time to live by number",
            () ->
                written(
                    "SELECT 6 AS k, -1 AS c, -2 AS v",
                    "append",
                    optionsOf("written", "ttl", "1000"),
                    TTL + 6),
            "[true]"));
  }

  private static Stream<SccExample> writeTimes() {
    return Stream.of(
        new SccExample(
            "writes: the write time of a column",
            () ->
                written(
                    "SELECT 1234L AS wt, 7 AS k, -1 AS c, -2 AS v",
                    "append",
                    optionsOf("written", "writetime", "wt"),
                    TIME + 7),
            "[1234]"),
        new SccExample(
            "writes: the write time by number",
            () ->
                written(
                    "SELECT 8 AS k, -1 AS c, -2 AS v",
                    "append",
                    optionsOf("written", "writetime", "5678"),
                    TIME + 8),
            "[5678]"));
  }

  private static Stream<SccExample> modes() {
    return Stream.of(
        new SccExample(
            "writes: overwrite",
            () ->
                written(
                    "SELECT 1 AS k, 1 AS c, 1 AS v",
                    "overwrite",
                    optionsOf("copy", "confirm.truncate", "true"),
                    "SELECT * FROM cass100.scc.copy"),
            "[1,1,1]"),
        new SccExample(
            "writes: some settings of writes",
            () ->
                written(
                    "SELECT 1 AS k, 2 AS c, 2 AS v",
                    "append",
                    optionsOf(
                        "copy",
                        "spark.cassandra.output.consistency.level",
                        "ONE",
                        "spark.cassandra.output.batch.size.rows",
                        "auto",
                        "spark.cassandra.output.concurrent.writes",
                        "5",
                        "spark.cassandra.output.ignoreNulls",
                        "true"),
                    "SELECT count(*) FROM cass100.scc.copy"),
            "[2]"));
  }

  private static Stream<SccExample> conversions() {
    return Stream.of(
        converts("7L", "int", "[7]"),
        converts("0.5D", "float", "[0.5]"),
        converts("'12'", "int", "[12]"),
        converts("12", "text", "[12]"),
        converts("'2026-01-31 10:00:00'", "timestamp", "[2026-01-31 10:00:00]"),
        converts("'2026-01-31'", "date", "[2026-01-31]"),
        converts("timestamp'2026-01-31 10:00:00'", "date", "[2026-01-31]"),
        converts("date'2026-01-31'", "timestamp", "[2026-01-31 00:00:00]"),
        converts("1.5D", "decimal", "[1.500000000000000000]"),
        converts("1.5BD", "double", "[1.5]"),
        converts("3.0BD", "int", "[3]"),
        converts("'true'", "boolean", "[true]"),
        converts("array(1L, 2L)", "list<int>", "[[1, 2]]"),
        converts(
            "'5132b130-ae79-11e4-ab27-0800200c9a66'",
            "uuid",
            "[5132b130-ae79-11e4-ab27-0800200c9a66]"));
  }

  static Stream<SccExample> examples() {
    return Stream.of(copies(), timesToLive(), writeTimes(), modes(), conversions())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void worksAsItIs(SccExample example) {
    example.check();
  }
}
