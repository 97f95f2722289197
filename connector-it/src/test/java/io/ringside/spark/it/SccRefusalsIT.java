// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static io.ringside.spark.it.SccSession.SPARK;
import static io.ringside.spark.it.SccSession.optionsOf;
import static io.ringside.spark.it.SccSession.read;
import static io.ringside.spark.it.SccSession.sql;
import static io.ringside.spark.it.SccSession.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Examples of the DataStax connector's documents, version 3.5, that are refused: with a sentence,
 * and with a place in the migration guide, as the calls of its RDD API.
 */
@Tag("matrix")
@ExtendWith(SccSession.class)
class SccRefusalsIT {
  private static final String GUIDE = Page.read("migrating-from-scc.md");

  /** An example that is refused with a sentence, and by which words the guide tells of it. */
  private record Refused(String name, Supplier<?> example, String sentence, String guide) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A write of one value that is refused. */
  private static Supplier<?> writing(String value, String cqlType) {
    return () -> {
      String table = SccSession.tableOf(cqlType);
      write("SELECT 1 AS k, " + value + " AS v", "append", optionsOf(table));
      return table;
    };
  }

  private static Stream<Refused> statements() {
    return Stream.of(
        new Refused(
            "DROP TABLE",
            () -> sql("DROP TABLE cass100.scc.tab"),
            "SET `spark.sql.catalog.cass100.catalog.allow-drop`=true",
            "`DROP TABLE`"),
        new Refused(
            "DROP COLUMN",
            () -> sql("ALTER TABLE cass100.scc.tab DROP COLUMN v"),
            "catalog.allow-drop",
            "`ALTER TABLE … DROP COLUMN`"),
        new Refused(
            "DROP DATABASE",
            () -> sql("DROP DATABASE cass100.scc CASCADE"),
            "SET `spark.sql.catalog.cass100.catalog.allow-drop`=true",
            "`DROP DATABASE`"),
        new Refused(
            "an unknown table property",
            () ->
                sql(
                    "CREATE TABLE cass100.scc.odd (k INT) PARTITIONED BY (k) TBLPROPERTIES"
                        + " (some_option='1')"),
            "'some_option'",
            "a table property that Cassandra does not have"),
        new Refused(
            "TTL and WRITETIME",
            () -> sql("SELECT TTL(v), WRITETIME(v) FROM cass100.scc.tab").collectAsList(),
            "Cannot resolve",
            "`TTL(v)`, `WRITETIME(v)`"));
  }

  private static Stream<Refused> reads() {
    return Stream.of(
        new Refused(
            "the option ttl.v",
            () -> read(optionsOf("tab", "ttl.v", "t")).collectAsList(),
            "Unknown option 'ttl.v'. Select the column '_ttl_v' of the table instead.",
            "the options `ttl.v`, `writetime.v`"),
        new Refused(
            "the option writetime.v",
            () -> read(optionsOf("tab", "writetime.v", "t")).collectAsList(),
            "Unknown option 'writetime.v'. Select the column '_writetime_v' of the table instead.",
            "the options `ttl.v`, `writetime.v`"));
  }

  private static Stream<Refused> writes() {
    return Stream.of(
        new Refused(
            "overwrite without a confirmation",
            () -> {
              write("SELECT 1 AS k, 1 AS c, 1 AS v", "overwrite", optionsOf("tab"));
              return "written";
            },
            "option 'confirm-truncate' is not true",
            "`confirm.truncate`"),
        new Refused(
            "a throttle of each core",
            () -> {
              write(
                  "SELECT 1 AS k, 1 AS c, 1 AS v",
                  "append",
                  optionsOf("tab", "spark.cassandra.output.throughputMBPerSec", "1"));
              return "written";
            },
            "Cannot ignore setting 'spark.cassandra.output.throughputMBPerSec'",
            "`spark.cassandra.output.throughputMBPerSec`"),
        new Refused(
            "a bigint to timestamp",
            writing("1769853600000L", "timestamp"),
            "timestamp_millis",
            "`timestamp_millis(…)`"),
        new Refused(
            "a struct to text",
            writing("named_struct('a', 1)", "text"),
            "to_json",
            "`to_json(…)`"));
  }

  private static Stream<Refused> catalogs() {
    return Stream.of(
        new Refused(
            "the class of the catalog",
            () -> {
              SPARK
                  .conf()
                  .set(
                      "spark.sql.catalog.old",
                      "com.datastax.spark.connector.datasource.CassandraCatalog");
              return sql("SELECT * FROM old.scc.tab");
            },
            "com.datastax.spark.connector.datasource.CassandraCatalog",
            "`com.datastax.spark.connector.datasource.CassandraCatalog`"));
  }

  static Stream<Refused> refused() {
    return Stream.of(statements(), reads(), writes(), catalogs()).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatToUseInstead(Refused example) {
    assertThatThrownBy(() -> example.example().get()).hasStackTraceContaining(example.sentence());
    assertThat(GUIDE).contains(example.guide());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cassandraFormat",
        "setCassandraConf",
        "createCassandraTable",
        "saveAsCassandraTable",
        "withTTL",
        "withWriteTime",
        "TTLOption.perRow",
        "TimestampOption.perRow",
        "sc.cassandraTable",
        "cassandraCount",
        "perPartitionLimit",
        "spanBy",
        "withAscOrder",
        "saveToCassandra",
        "SomeColumns",
        "CassandraOption",
        "deleteFromCassandra",
        "joinWithCassandraTable",
        "leftJoinWithCassandraTable",
        "repartitionByCassandraReplica",
        "keyByCassandraReplica",
        "withSessionDo",
        "dstream.saveToCassandra",
        "cassandra-connector.class",
        "directJoinSetting",
        "spark.sql.extensions",
      })
  void guidesToWhatReplacesACall(String call) {
    assertThat(GUIDE).contains(call);
  }
}
