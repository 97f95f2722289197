// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Compares two jars of the connector that ran in turn. Each round gives one ratio, so a machine
 * whose speed changes between rounds does not change the result. Pure.
 */
final class PairReport {
  private static final double NANOS = 1e9;

  private PairReport() {}

  /**
   * One line for a case: medians of both jars, the median of the ratios after/before of all rounds
   * with their minimum and maximum, and the ratios of CPU time and of bytes allocated per row.
   *
   * @param after measurements of the jar under test, one for each round, at least one
   * @param before measurements of the jar that it is compared with, of the same rounds
   */
  static String line(BenchCase one, List<Measurement> after, List<Measurement> before) {
    double[] wall = ratios(after, before, Measurement::wallNanos);
    return String.format(
        Locale.ROOT,
        "PAIR %s after=%.3f before=%.3f ratio=%.3f (%.3f-%.3f) cpu=%.3f bytes_per_row=%.0f/%.0f",
        one.label(),
        median(after, Measurement::wallNanos) / NANOS,
        median(before, Measurement::wallNanos) / NANOS,
        wall[wall.length / 2],
        wall[0],
        wall[wall.length - 1],
        middle(ratios(after, before, Measurement::cpuNanos)),
        bytesPerRow(after),
        bytesPerRow(before));
  }

  /** The ratios of all rounds, in ascending order. */
  private static double[] ratios(
      List<Measurement> after, List<Measurement> before, ToLongFunction<Measurement> of) {
    double[] ratios = new double[after.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = (double) of.applyAsLong(after.get(i)) / of.applyAsLong(before.get(i));
    }
    Arrays.sort(ratios);
    return ratios;
  }

  private static double bytesPerRow(List<Measurement> measurements) {
    return median(measurements, Measurement::allocatedBytes)
        / Math.max(1.0, (double) measurements.get(0).rows());
  }

  private static double median(List<Measurement> measurements, ToLongFunction<Measurement> of) {
    return middle(measurements.stream().mapToDouble(of::applyAsLong).sorted().toArray());
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
