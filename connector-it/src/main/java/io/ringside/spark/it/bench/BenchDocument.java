// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The page of a benchmark run: the method, one table, one plot, and what was tried besides. */
final class BenchDocument {
  private static final int BAR_HEIGHT = 14;
  private static final int CASE_HEIGHT = 3 * BAR_HEIGHT + 14;
  private static final int LABEL_WIDTH = 150;
  private static final int PLOT_WIDTH = 620;
  private static final List<String> COLORS = List.of("#1f77b4", "#ff7f0e", "#7f7f7f");

  private static final String TRIED =
      """

      ## What was tried and left

      Each was measured in turn with what is the default now, on one machine with two processors; the ratio is that of the seconds, above 1 where the default is faster.

      | tried | with | ratio |
      |---|---|---|
      | pages of 2 MB | scan-wide | 1.03 |
      | pages of 4 MB, with a buffer of 64 MB | scan-wide | 1.10 |
      | two token ranges in flight | scan-wide | 1.05 |
      | lookups of one key in a request, 64 in flight, not of four keys, 32 in flight | the driver alone, 200,000 keys | 1.40 |
      | lookups of 8, 16 and 32 keys in a request, 128 keys in flight | the same | 1.10, 1.21, 1.34 |
      """;

  private BenchDocument() {}

  /**
   * A case in the table.
   *
   * @param seconds medians of ringside, scc and driver
   * @param spread minimum and maximum of ringside
   * @param clientCpu medians in seconds, in the same order
   * @param rowsPerSecond of ringside
   * @param bytesPerRow allocated, in the same order
   * @param requests that the server ran, in the same order
   */
  record Line(
      String name,
      List<Double> seconds,
      String spread,
      List<Double> clientCpu,
      double rowsPerSecond,
      List<Double> bytesPerRow,
      List<Long> requests) {}

  /** Writes {@code benchmarks.md} and {@code benchmarks.svg}. */
  static void write(Path directory, String machine, List<Line> lines) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Benchmarks

            Written by `mvn -q -Pbench verify -Dbench.docs`; do not edit.

            One machine, one Cassandra in a JVM of its own, and three contenders, each in a JVM of its own with 1 GB of heap:
            Ringside and the DataStax connector (SCC 3.5.1), both on Spark 3.5.9 with two threads, and the bare driver as the limit
            of CQL (token ranges in flight, pages prefetched, every cell's bytes touched; batches of ten rows of a partition, or
            single rows, 128 in flight). After a warm-up the contenders take turns, run by run, so that what else the machine does hits all
            of them. Seconds are medians of wall time. CPU is the contender's own process; client and server share the processors.
            DSBulk is not among the contenders: of its release 1.10.0 a module that it needs was not published.
            Requests are what Cassandra counts: of reads each page of an answer, of writes each batch of a partition or single statement. The page is not written when the bare
            driver's own runs of a case of 0.1 s or more differ by more than 1.5. `cold` counts from the start of the contender's JVM.

            """);
    text.append(machine).append("\n\n");
    text.append(
        "| case | Ringside s (min–max) | SCC s | driver s | vs SCC | vs driver | rows/s | CPU s:"
            + " Ringside, SCC, driver | CPU vs SCC | bytes allocated per row: Ringside, SCC,"
            + " driver | requests: Ringside, SCC, driver |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (Line line : lines) {
      List<Double> s = line.seconds();
      List<Double> cpu = line.clientCpu();
      List<Double> bytes = line.bytesPerRow();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f (%s) | %.3f | %.3f | %.2f | %.2f | %,.0f | %.2f, %.2f, %.2f | %.2f |"
                  + " %.0f, %.0f, %.0f | %,d, %,d, %,d |\n",
              line.name(),
              s.get(0),
              line.spread(),
              s.get(1),
              s.get(2),
              s.get(0) / s.get(1),
              s.get(0) / s.get(2),
              line.rowsPerSecond(),
              cpu.get(0),
              cpu.get(1),
              cpu.get(2),
              cpu.get(0) / cpu.get(1),
              bytes.get(0),
              bytes.get(1),
              bytes.get(2),
              line.requests().get(0),
              line.requests().get(1),
              line.requests().get(2)));
    }
    text.append(
        "\n![Seconds of each case relative to SCC: Ringside blue, SCC orange, driver grey]"
            + "(benchmarks.svg)\n");
    text.append(TRIED);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("benchmarks.md"), text.toString());
    Files.writeString(directory.resolve("benchmarks.svg"), plot(lines));
  }

  private static String plot(List<Line> lines) {
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                    + " font-family=\"sans-serif\" font-size=\"11\">\n",
                LABEL_WIDTH + PLOT_WIDTH + 60,
                lines.size() * CASE_HEIGHT + 10));
    double longest = 1;
    for (Line line : lines) {
      for (double seconds : line.seconds()) {
        longest = Math.max(longest, seconds / line.seconds().get(1));
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      int top = i * CASE_HEIGHT + 10;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"4\" y=\"%d\">%s</text>\n",
              top + 2 * BAR_HEIGHT - 3,
              line.name()));
      for (int bar = 0; bar < COLORS.size(); bar++) {
        double ratio = line.seconds().get(bar) / line.seconds().get(1);
        int width = (int) Math.round(PLOT_WIDTH * ratio / longest);
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                    + "<text x=\"%d\" y=\"%d\">%.2f</text>\n",
                LABEL_WIDTH,
                top + bar * BAR_HEIGHT,
                Math.max(1, width),
                BAR_HEIGHT - 2,
                COLORS.get(bar),
                LABEL_WIDTH + width + 4,
                top + (bar + 1) * BAR_HEIGHT - 4,
                ratio));
      }
    }
    return svg.append("</svg>\n").toString();
  }
}
