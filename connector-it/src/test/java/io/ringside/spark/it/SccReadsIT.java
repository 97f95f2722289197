// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.SccSession.SPARK;
import static io.ringside.spark.it.SccSession.optionsOf;
import static io.ringside.spark.it.SccSession.read;
import static io.ringside.spark.it.SccSession.sql;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples of the DataStax connector's documents, version 3.5: reads. */
@Tag("matrix")
@ExtendWith(SccSession.class)
class SccReadsIT {
  private static Stream<SccExample> reads() {
    return Stream.of(
        new SccExample("reads: SQL", () -> sql("SELECT v FROM cass100.scc.tab"), "[10]", "[20]"),
        new SccExample(
            "reads: read.table",
            () -> SPARK.read().table("cass100.scc.tab").select("k"),
            "[1]",
            "[2]"),
        new SccExample(
            "reads: by key", () -> sql("SELECT v FROM cass100.scc.tab WHERE k = 1"), "[10]"),
        new SccExample("reads: count", () -> sql("SELECT count(*) FROM cass100.scc.tab"), "[2]"),
        new SccExample(
            "reads: count by key",
            () -> sql("SELECT count(*) FROM cass100.scc.tab WHERE k = 1"),
            "[1]"),
        new SccExample(
            "reads: format and options", () -> read(optionsOf("tab")).select("v"), "[10]", "[20]"),
        new SccExample(
            "reads: pushdown is off",
            () -> read(optionsOf("tab", "pushdown", "false")).where("k = 2").select("v"),
            "[20]"));
  }

  private static Stream<SccExample> viewsAndTimes() {
    return Stream.of(
        new SccExample(
            "reads: settings of a cluster and of a keyspace",
            () -> {
              SPARK.conf().set("ClusterOne/spark.cassandra.input.split.size_in_mb", "32");
              SPARK.conf().set("default:scc/spark.cassandra.input.split.size_in_mb", "128");
              return read(optionsOf(
                      "tab",
                      "cluster",
                      "ClusterOne",
                      "spark.cassandra.input.split.size_in_mb",
                      "48"))
                  .select("v");
            },
            "[10]",
            "[20]"),
        new SccExample(
            "reads: a view",
            () ->
                sql(
                    "CREATE TEMPORARY VIEW words USING org.apache.spark.sql.cassandra OPTIONS"
                        + " (table 'words', keyspace 'scc', cluster 'Test Cluster', pushdown"
                        + " 'true')",
                    "SELECT word, count FROM words WHERE count > 30"),
            "[zed,100]"),
        new SccExample(
            "reads: a clustering column alone",
            () -> read(optionsOf("words")).where("word > 'ham'"),
            "[Zebra,zed,100]"),
        new SccExample(
            "reads: write times and times to live",
            () -> sql("SELECT _ttl_v > 4000, _writetime_v FROM cass100.scc.tab WHERE k = 1"),
            "[true,77]"));
  }

  private static Stream<SccExample> joins() {
    return Stream.of(
        new SccExample(
            "reads: a join by key",
            () ->
                sql("SELECT t.v FROM VALUES (1), (9) AS l(k) JOIN cass100.scc.tab t ON l.k = t.k"),
            "[10]"),
        new SccExample(
            "reads: a left join by key",
            () ->
                sql(
                    "SELECT l.k, t.v FROM VALUES (1), (9) AS l(k) LEFT JOIN cass100.scc.tab t ON"
                        + " l.k = t.k"),
            "[1,10]",
            "[9,null]"));
  }

  private static Stream<SccExample> predicates() {
    return Map.of(
            "p1 = 1 AND p2 = 1 AND p3 = 1", "[1]",
            "p1 = 1 AND p2 = 1", "[3]",
            "p1 = 1 AND p2 = 1 AND p3 > 0 AND p3 < 3", "[2]",
            "c1 = 1 AND c2 > 0 AND c2 < 10", "[3]",
            "c1 > 0 AND c2 > 1", "[2]",
            "c1 = 1 AND c2 = 1 AND c2 < 10", "[1]",
            "p1 = 1 AND p2 = 1 AND p3 IN (1, 2, 7)", "[2]")
        .entrySet()
        .stream()
        .map(
            entry ->
                new SccExample(
                    "predicates: " + entry.getKey(),
                    () -> read(optionsOf("pushed")).where(entry.getKey()).selectExpr("count(v)"),
                    entry.getValue()));
  }

  static Stream<SccExample> examples() {
    return Stream.of(reads(), viewsAndTimes(), joins(), predicates()).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void worksAsItIs(SccExample example) {
    example.check();
  }
}
