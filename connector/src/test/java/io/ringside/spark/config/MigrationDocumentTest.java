// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.config.scc.Alias;
import io.ringside.spark.config.scc.RetiredSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/migrating-from-scc.md} equal to the registry. */
class MigrationDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/migrating-from-scc.md");
  private static final Path SETTINGS = Path.of("src/test/resources/scc-settings.txt");

  @Test
  void tellsWhatTheRegistryKnows() throws IOException {
    String expected = document();
    if (System.getProperty("update-docs") != null) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
  }

  @Test
  void knowsEverySettingOfTheOtherConnector() throws IOException {
    List<String> settings =
        Files.readAllLines(SETTINGS).stream().filter(line -> !line.startsWith("#")).toList();
    assertThat(new TreeSet<>(ConnectorConfig.settingsOfScc())).containsAll(settings);
  }

  @Test
  void givesEverySettingOneMeaning() {
    List<String> aliases =
        Options.ALL.stream()
            .flatMap(option -> option.aliases().stream())
            .map(alias -> alias.name().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(aliases).noneMatch(name -> RetiredSetting.find(name) != null);
  }

  private static String document() {
    StringBuilder text = new StringBuilder(START);
    Map<String, String> rows = new TreeMap<>();
    for (ConfigOption<?> option : Options.ALL) {
      for (Alias alias : option.aliases()) {
        rows.merge(
            alias.name(),
            "`" + option.key() + "` | " + alias.difference(),
            (a, b) -> a.replaceFirst(" \\|", ", `" + option.key() + "` |"));
      }
    }
    rows.forEach((name, rest) -> text.append("| `%s` | %s |%n".formatted(name, rest)));
    text.append(MIDDLE);
    for (RetiredSetting setting : RetiredSetting.ALL) {
      text.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  setting.name(), setting.refused() ? "an error" : "a warning", setting.reason()));
    }
    return text.append(END).toString();
  }

  private static final String START =
      """
      # Moving from the DataStax connector

      The tables are written from the registry by `mvn -pl connector test -Dtest=MigrationDocumentTest -Dupdate-docs`; do not edit.

      A DataFrame or SQL job written for spark-cassandra-connector (SCC) moves by its jar: remove SCC and its `spark-cassandra-connector-driver`, add
      the one jar of this connector. `format("cassandra")` and `format("org.apache.spark.sql.cassandra")` both work, and the settings below mean what they meant.
      Both connectors on one class path do not work, as both have a class `org.apache.spark.sql.cassandra.DefaultSource`.

      | in SCC | here |
      |---|---|
      | `spark.sql.catalog.<name>` = `com.datastax.spark.connector.datasource.CassandraCatalog` | `io.ringside.spark.CassandraCatalog` |
      | `spark.sql.catalog.<name>.spark.cassandra.<setting>` | works as it is |
      | `spark.sql.extensions` = `com.datastax.spark.connector.CassandraSparkExtensions` | remove it; Spark only warns when it is left |
      | settings `<cluster>/spark.cassandra.…`, `<cluster>:<keyspace>/spark.cassandra.…`, `default/spark.cassandra.…` with the option `cluster` | work as they are |

      An option has its new name or its old one, in options of a read or write, of a catalog, and in the session; in one place the new name wins.
      A setting `spark.cassandra.*` that neither connector knows is warned of once, with the nearest name that there is; the other connector would refuse it.

      ## Statements

      | in SCC | here |
      |---|---|
      | `CREATE DATABASE … WITH DBPROPERTIES (class='SimpleStrategy', replication_factor='1')`, `ALTER NAMESPACE … SET DBPROPERTIES (replication_factor='2')` | work as they are |
      | `DROP DATABASE`, `DROP TABLE`, `ALTER TABLE … DROP COLUMN` | refused until ``SET `spark.sql.catalog.<name>.catalog.allow-drop`=true`` |
      | a table property that Cassandra does not have | an error that names it; SCC ignores it: leave it out |
      | `TTL(v)`, `WRITETIME(v)` in SQL, and the options `ttl.v`, `writetime.v` of a read | the hidden columns `_ttl_v` and `_writetime_v`: `SELECT v, _ttl_v FROM …` ([copying](copying.md)) |
      | options `ttl` and `writetime` of a write, with a number or the name of a column | work as they are |
      | `df.write.mode("append").saveAsTable("cass.ks.t")` with some of the columns, on Spark 3.5 and 4.0 | Spark refuses it in every catalog: give all columns, or write by `format("cassandra")`, which takes some |
      | a join on the partition key, `directJoinSetting` | Spark's runtime filters look keys up where one side is broadcast and filtered ([what runs in Cassandra](pushdown.md)) |

      ## Calls of Scala, Java and the RDD API

      | in SCC | here |
      |---|---|
      | `spark.read.cassandraFormat("t", "ks")`, `df.write.cassandraFormat(…)` | `spark.read.format("cassandra").load("ks.t")`, `df.write.format("cassandra").mode("append").save("ks.t")` |
      | `spark.setCassandraConf("cluster", "ks", …)` | `spark.conf.set("cluster:ks/spark.cassandra.…", …)` |
      | `df.createCassandraTable("ks", "t", …)`, `rdd.saveAsCassandraTable("ks", "t")` | `df.writeTo("cass.ks.t").partitionedBy(col("id")).create()`, or `CREATE TABLE … PARTITIONED BY (id) AS SELECT …` |
      | `df.withTTL(…)`, `df.withWriteTime(…)`, `TTLOption.perRow("c")`, `WriteTimeOption`/`TimestampOption.perRow("c")` | `.option("write.ttl", …)`, `.option("write.ttl-column", "c")`, `.option("write.timestamp-column", "c")` |
      | `sc.cassandraTable("ks", "t")` | `spark.table("cass.ks.t")`, and `.rdd` where an RDD is wanted |
      | `.select("a", "b")`, `.where("a = ?", 1)`, `.limit(n)`, `.as(…)` | `.select("a", "b")`, `.where("a = 1")`, `.limit(n)`, `.as[Case]`: pushed down alike |
      | `.withAscOrder`, `.withDescOrder` | `.orderBy("c")` with `.limit(n)` and the whole partition key given |
      | `.cassandraCount()` | `.count()` |
      | `.perPartitionLimit(n)`, `.spanBy(…)`, `.spanByKey` | `row_number() OVER (PARTITION BY key ORDER BY c) <= n`, `groupBy(key)` |
      | `rdd.saveToCassandra("ks", "t", SomeColumns("a", "b"))` | `df.select("a", "b").write.format("cassandra").mode("append").save("ks.t")` |
      | `SomeColumns("c" append, "d" remove)` | `.option("write.collection.c", "append").option("write.collection.d", "remove")` |
      | `CassandraOption.Unset`, `CassandraOption.Null` | a null with `write.nulls=unset` (the default) or `tombstone` |
      | `rdd.deleteFromCassandra("ks", "t")` | `.option("write.operation", "delete")`, or `DELETE FROM cass.ks.t WHERE …` |
      | `rdd.joinWithCassandraTable("ks", "t")`, `leftJoinWithCassandraTable` | `df.join(spark.table("cass.ks.t"), "id")` |
      | `rdd.repartitionByCassandraReplica("ks", "t")`, `keyByCassandraReplica` | nothing is needed to write; `write.distribution=partition_key` brings rows of a partition together |
      | `CassandraConnector(conf).withSessionDo(_.execute("CREATE …"))` | `CALL cass.system.cql('CREATE …')` from Spark 4.0 on, if the [catalog](catalog.md) allows it, or a session of the Java driver in the program |
      | `dstream.saveToCassandra("ks", "t")` | `df.writeStream.format("cassandra").option("keyspace", "ks").option("table", "t").start()`, or `foreachBatch` |
      | `*.source.cassandra-connector.class` in `metrics.properties` | remove it; the numbers are in Spark's SQL tab and in Micrometer ([metrics](operating.md#metrics)) |

      ## What is different without any setting

      | | SCC | here |
      |---|---|---|
      | null in a written column | deletes the cell | leaves it as it is; `write.nulls=tombstone` or `spark.cassandra.output.ignoreNulls=false` deletes it |
      | values of other types than their column's | converted, among them a `bigint` in a `timestamp`, as milliseconds, and a struct in a `text` | converted where they fit, else an error that names the row's key ([which types](types.md#conversions)); `timestamp_millis(…)` and `to_json(…)` say the two that are not |
      | write time | of each request | the job's start, and 16 microseconds more for each request of a task, so that the last row of a key in a task wins as it did ([compared](operating.md#write-times)) |
      | a full scan's task | 512 MB by one node's estimates | 64 MB by every node's estimates |
      | default contact point | `localhost` | `127.0.0.1` |
      | host name of a node's certificate | never checked | checked; `tls.hostname-verification=false` is the old way |
      | TLS protocols and ciphers | two RSA key exchange suites | the JDK's |
      | `connection.config.profile.path` | replaces all other settings | counts below options that are set |
      | after a failed request | 60 tries on the same node | other replicas, later, smaller, for 5 minutes |
      | throttles by megabytes or requests per second | per core | none: a job that sets one is refused |
      | a session that nobody uses | kept an hour | kept a minute |

      ## Settings and options with the same meaning

      | in SCC | here | difference |
      |---|---|---|
      """;

  private static final String MIDDLE =
      """

      ## Settings that do not apply

      A warning, once in a JVM, where ignoring the setting does no harm; an error where it could. Values that ask for what happens anyway are silent.

      | in SCC | here | why, and what instead |
      |---|---|---|
      """;

  private static final String END = "";
}
