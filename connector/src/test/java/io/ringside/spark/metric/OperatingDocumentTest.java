// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.ringside.spark.GeneratedDocument;
import io.ringside.spark.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.junit.jupiter.api.Test;

/**
 * Keeps the tables of {@code docs/operating.md} equal to the metrics there are; {@code
 * -Dupdate-docs} writes them. The page explains each code of an error.
 */
class OperatingDocumentTest {
  private static final String PAGE = "operating.md";

  /** Unit and meaning of each meter. */
  private static final Map<String, String> METERS =
      Map.ofEntries(
          Map.entry("ringside.read.scans", "scans | scans that ran, by who told the table's size"),
          Map.entry("ringside.read.rows", "rows | rows received"),
          Map.entry("ringside.read.bytes", "bytes | bytes of answers, uncompressed"),
          Map.entry(
              "ringside.read.pages",
              "pages, time | pages received, and how long each took; by whether an owner of the"
                  + " rows coordinated"),
          Map.entry("ringside.read.retries", "requests | pages asked for again, by reason"),
          Map.entry("ringside.read.page-reductions", "pages | pages made smaller"),
          Map.entry(
              "ringside.read.fall-backs",
              "ranges, partitions | those whose rows tasks evaluated themselves"),
          Map.entry("ringside.read.hedges", "pages | pages asked of a second replica"),
          Map.entry("ringside.read.range-cuts", "ranges | token ranges cut"),
          Map.entry("ringside.write.rows", "rows | rows acknowledged"),
          Map.entry("ringside.write.bytes", "bytes | bytes of the cells acknowledged"),
          Map.entry(
              "ringside.write.batches",
              "requests, time | requests acknowledged, and how long each took"),
          Map.entry("ringside.write.batch-rows", "rows | rows of each request"),
          Map.entry("ringside.write.retries", "requests | requests sent again, by reason"),
          Map.entry("ringside.write.not-applied", "rows | rows whose condition did not hold"));

  @Test
  void documentHoldsTheMetricsOfSpark() throws IOException {
    GeneratedDocument.checkSection(PAGE, "metrics of a scan", table(ReadMetrics.all()));
    GeneratedDocument.checkSection(PAGE, "metrics of a write", table(WriteMetrics.all()));
  }

  private static String table(CustomMetric[] metrics) {
    return Arrays.stream(metrics)
        .map(
            metric ->
                "| %s | `%s` | %s |\n".formatted(metric.description(), metric.name(), unit(metric)))
        .collect(Collectors.joining("", "| in the SQL tab | name | unit |\n|---|---|---|\n", ""));
  }

  private static String unit(CustomMetric metric) {
    String name = metric.name().toLowerCase(Locale.ROOT);
    if (metric instanceof ReadMetrics.Sizes) {
      return "`estimates`, `hint`, `sample`, `none` or `not asked`";
    } else if (metric instanceof WriteMetrics.RowsPerBatch) {
      return "rows, mean of the tasks";
    } else if (name.endsWith("millis")) {
      return "ms";
    }
    return name.contains("bytes") ? "bytes" : "number";
  }

  @Test
  void documentHoldsAllMeters() throws IOException {
    ReadMetrics.ofDriver(1, SizeSource.NONE);
    ReadTaskMetrics read = new ReadTaskMetrics();
    read.pageReduced();
    read.rangeSplit();
    read.fellBack();
    read.hedged();
    WriteTaskMetrics write = new WriteTaskMetrics();
    for (RetryReason reason : RetryReason.values()) {
      read.retry(reason);
      write.retried(reason);
    }
    Map<String, String> kinds = new TreeMap<>();
    for (Meter meter : Metrics.globalRegistry.getMeters()) {
      Meter.Id id = meter.getId();
      if (id.getName().startsWith("ringside.")) {
        kinds.put(
            id.getName(),
            "%s | %s"
                .formatted(
                    id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    id.getTags().stream().map(Tag::getKey).collect(Collectors.joining(", "))));
      }
    }
    assertThat(kinds).containsOnlyKeys(METERS.keySet());
    StringBuilder table =
        new StringBuilder("| meter | kind | tag | unit | meaning |\n|---|---|---|---|---|\n");
    kinds.forEach(
        (name, kind) ->
            table.append("| `%s` | %s | %s |\n".formatted(name, kind, METERS.get(name))));
    GeneratedDocument.checkSection(PAGE, "meters", table.toString());
  }

  @Test
  void documentExplainsEachErrorCode() throws IOException {
    String page = Files.readString(Path.of("..", "docs", PAGE));
    assertThat(
            Pattern.compile("(?m)^### ([A-Z_]+)$")
                .matcher(page)
                .results()
                .map(heading -> heading.group(1)))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
  }
}
