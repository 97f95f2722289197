// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.GeneratedDocument;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/options.md} equal to the registry; {@code -Dupdate-docs} writes it. */
class OptionsDocumentTest {
  @Test
  void documentHoldsTheRegistry() throws IOException {
    GeneratedDocument.check("options.md", document());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Options

            ```java
            spark.read().format("cassandra").option("read.split-size", "16m").load("iot.readings");        // Java and Scala
            ```

            ```python
            spark.read.format("cassandra").options(read_split_size="16m").load("iot.readings")
            ```

            ```sql
            SET `spark.datasource.cassandra.read.split-size`=16m;                                         -- of the session
            SELECT count(*) FROM cass.iot.readings WITH ('read.split-size'='16m');                       -- of a query, from Spark 4.0 on
            ```

            Written from the registry by `mvn -pl connector test -Dtest=OptionsDocumentTest -Dupdate-docs`; do not edit.

            The first of these that sets an option wins:
            1. options of the read or write: `.option("…", "…")`,
            2. options of the catalog: `spark.sql.catalog.<name>.…`,
            3. session settings for all Cassandra tables: `spark.datasource.cassandra.…`,
            4. the alias, a setting of Spark that the DataStax connector knows too,
            5. the default.

            Names are in any case, and their words may be written together or apart: `contact-points`, `contact_points` and
            `contactPoints` are one name, as `read.split-size`, `read_split_size` and `readSplitSize` are. So Python's keyword
            arguments can spell all of them. Two spellings of one option in one place are an error. Sizes take `k`, `m`, `g`, `t` (powers of 1,024), durations `ms`, `s`, `m`, `h`.
            An unknown or malformed option is an error before anything is read or written.

            Files and URLs that options name are read once for each query, on Spark's driver.

            Of the options that say how to connect, only settings that the application starts with (`--conf`, `spark-defaults.conf`, or the program that makes
            the Spark session) may name files, environment variables, URLs and classes. Credentials are used only with hosts and TLS options that were given together with them
            or by the application. `connection.overrides` allows more or less; [SECURITY.md](../SECURITY.md) has the rules.

            | option | value | default | since | meaning | alias |
            |---|---|---|---|---|---|
            """);
    for (ConfigOption<?> option : Options.ALL) {
      String fallback = option.defaultText() == null ? "" : "`" + option.defaultText() + "`";
      String aliases =
          String.join(
              ", ", option.aliases().stream().map(alias -> "`" + alias.name() + "`").toList());
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %s | %s | %s |%n",
              option.key(),
              option.type().name(),
              fallback,
              option.since(),
              option.doc(),
              aliases));
    }
    return text.append(
            """
            | `decimal.<column>` | precision,scale | `38,18` for decimal, `38,0` for varint | 0.1.0 | \
            Spark's precision and scale of a column, its name exactly as stored. A value that does not fit \
            is an error, never rounded. | |
            | `write.collection.<column>` | one of overwrite, append, prepend, remove | `overwrite` | 0.1.0 | \
            | What a value does to the collection in the column, named exactly as stored: takes its \
            place, adds elements (to a list at its end or start) or takes them away, of a map by an \
            array of keys. Adding to lists is refused under speculation, never sent twice by the \
            connector, and repeated when Spark repeats a task. Rows are then updated: one without \
            any value is not made. | |
            """)
        .toString();
  }
}
