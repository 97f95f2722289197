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
      | `sc.cassandraTable`, `rdd.saveToCassandra`, `joinWithCassandraTable` and the rest of the RDD and DStream API | gone: use DataFrames |

      An option has its new name or its old one, in options of a read or write, of a catalog, and in the session; in one place the new name wins.
      A setting `spark.cassandra.*` that neither connector knows is warned of once, with the nearest name that there is; the other connector would refuse it.

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
