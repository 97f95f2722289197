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
  private final List<Spread> spreads = new ArrayList<>();

  BenchReport(String cassandra, long rows, int repetitions) {
    this.cassandra = cassandra;
    this.rows = rows;
    this.repetitions = repetitions;
  }

  /** Prints a case's medians and ratios, and keeps them. */
  void add(BenchCase one, Runs runs) {
    Map<String, List<Measurement>> all = runs.ofContenders();
    Spread spread = Spread.of(one, runs);
    spreads.add(spread);
    List<Double> seconds = medians(all, Measurement::wallNanos, NANOS);
    List<Double> cpu = medians(all, Measurement::cpuNanos, NANOS);
    System.out.printf(
        Locale.ROOT,
        "BENCH %s ringside=%.3f scc=%.3f driver=%.3f vs_scc=%.2f vs_driver=%.2f cpu_vs_scc=%.2f"
            + " driver_spread=%.2f others=%.2f%n",
        one.label(),
        seconds.get(0),
        seconds.get(1),
        seconds.get(2),
        seconds.get(0) / seconds.get(1),
        seconds.get(0) / seconds.get(2),
        cpu.get(0) / cpu.get(1),
        spread.ofDriver(),
        spread.ofOthers());
    all.forEach((contender, measurements) -> records.add(json(one, contender, measurements)));
    long[] range = sorted(runs.of("ringside"), Measurement::wallNanos);
    long read = runs.of("ringside").get(0).rows();
    lines.add(
        new BenchDocument.Line(
            one.label(),
            seconds,
            String.format(Locale.ROOT, "%.3f–%.3f", range[0] / NANOS, range[2] / NANOS),
            cpu,
            read / seconds.get(0),
            medians(all, Measurement::allocatedBytes, (double) Math.max(1, read)),
            medians(all, Measurement::requests, 1).stream().map(Math::round).toList()));
  }

  private static List<Double> medians(
      Map<String, List<Measurement>> all, ToLongFunction<Measurement> of, double unit) {
    return CONTENDERS.stream().map(name -> median(all, name, of) / unit).toList();
  }

  /**
   * Writes the page of this run.
   *
   * @throws IllegalStateException when the machine was too busy for it
   */
  void writeDocument(Path directory) throws IOException {
    spreads.forEach(Spread::failIfBusy);
    BenchDocument.write(
        directory,
        String.format(
            Locale.ROOT,
            "This run: %,d rows, %d repetitions, Cassandra %s, %d processors, Java %s. Other"
                + " processes took %.0f %% of the processors at most in a case's median run; the"
                + " driver's own runs of a case differed by a factor of %.2f at most.",
            rows,
            repetitions,
            cassandra,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            100 * spreads.stream().mapToDouble(Spread::ofOthers).max().orElse(0),
            spreads.stream().filter(Spread::counts).mapToDouble(Spread::ofDriver).max().orElse(1)),
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
