// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Prints a line for each case and keeps all numbers as JSON. */
final class BenchReport {
  private static final double NANOS = 1e9;

  private final String cassandra;
  private final long rows;
  private final int repetitions;
  private static final List<String> CONTENDERS = List.of("ringside", "scc", "driver");

  private final List<String> records = new ArrayList<>();
  private final List<BenchDocument.Line> lines = new ArrayList<>();

  BenchReport(String cassandra, long rows, int repetitions) {
    this.cassandra = cassandra;
    this.rows = rows;
    this.repetitions = repetitions;
  }

  /** Prints a case's medians and ratios. */
  void add(BenchCase one, Map<String, List<Measurement>> all) {
    double ringside = median(all, "ringside", Measurement::wallNanos) / NANOS;
    double scc = median(all, "scc", Measurement::wallNanos) / NANOS;
    double driver = median(all, "driver", Measurement::wallNanos) / NANOS;
    double cpu = median(all, "ringside", Measurement::cpuNanos);
    double sccCpu = median(all, "scc", Measurement::cpuNanos);
    System.out.printf(
        Locale.ROOT,
        "BENCH %s ringside=%.3f scc=%.3f driver=%.3f vs_scc=%.2f vs_driver=%.2f cpu_vs_scc=%.2f%n",
        one.label(),
        ringside,
        scc,
        driver,
        ringside / scc,
        ringside / driver,
        cpu / sccCpu);
    all.forEach((contender, measurements) -> records.add(json(one, contender, measurements)));
    long[] spread = sorted(all.getOrDefault("ringside", List.of()), Measurement::wallNanos);
    long read = all.getOrDefault("ringside", List.of()).get(0).rows();
    lines.add(
        new BenchDocument.Line(
            one.label(),
            List.of(ringside, scc, driver),
            String.format(Locale.ROOT, "%.3f–%.3f", spread[0] / NANOS, spread[2] / NANOS),
            CONTENDERS.stream()
                .map(name -> median(all, name, Measurement::cpuNanos) / NANOS)
                .toList(),
            read / ringside,
            CONTENDERS.stream()
                .map(name -> median(all, name, Measurement::allocatedBytes) / Math.max(1, read))
                .toList(),
            CONTENDERS.stream()
                .map(name -> Math.round(median(all, name, Measurement::requests)))
                .toList()));
  }

  /** Writes the page of this run. */
  void writeDocument(Path directory) throws IOException {
    BenchDocument.write(
        directory,
        String.format(
            Locale.ROOT,
            "This run: %,d rows, %d repetitions, Cassandra %s, %d processors, Java %s.",
            rows,
            repetitions,
            cassandra,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version")),
        lines);
  }

  private static double median(
      Map<String, List<Measurement>> all, String contender, ToLongFunction<Measurement> of) {
    return sorted(all.getOrDefault(contender, List.of()), of)[1];
  }

  /** Minimum, median and maximum. */
  private static long[] sorted(List<Measurement> measurements, ToLongFunction<Measurement> of) {
    long[] values = measurements.stream().mapToLong(of).sorted().toArray();
    return new long[] {values[0], values[values.length / 2], values[values.length - 1]};
  }

  private String json(BenchCase one, String contender, List<Measurement> measurements) {
    long[] wall = sorted(measurements, Measurement::wallNanos);
    long read = measurements.get(0).rows();
    return String.format(
        Locale.ROOT,
        "{\"case\":\"%s\",\"contender\":\"%s\",\"rows\":%d,\"wall_s\":{\"min\":%.4f,\"median\":%.4f,"
            + "\"max\":%.4f},\"rows_per_s\":%.0f,\"client_cpu_s\":%.4f,\"server_cpu_s\":%.4f,"
            + "\"allocated_bytes_per_row\":%.1f,\"peak_heap_bytes\":%d,"
            + "\"requests\":%d}",
        one.label(),
        contender,
        read,
        wall[0] / NANOS,
        wall[1] / NANOS,
        wall[2] / NANOS,
        read / (wall[1] / NANOS),
        sorted(measurements, Measurement::cpuNanos)[1] / NANOS,
        sorted(measurements, Measurement::serverCpuNanos)[1] / NANOS,
        sorted(measurements, Measurement::allocatedBytes)[1] / (double) Math.max(1, read),
        sorted(measurements, Measurement::peakHeapBytes)[2],
        sorted(measurements, Measurement::requests)[1]);
  }

  /** Writes all records, and the machine they are of. */
  void write(Path file) throws IOException {
    String machine =
        String.format(
            Locale.ROOT,
            "{\"processors\":%d,\"os\":\"%s %s\",\"java\":\"%s\",\"cassandra\":\"%s\",\"rows\":%d,"
                + "\"repetitions\":%d}",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            cassandra,
            rows,
            repetitions);
    Files.writeString(
        file,
        "{\"machine\":" + machine + ",\n\"results\":[\n" + String.join(",\n", records) + "\n]}\n");
  }
}
