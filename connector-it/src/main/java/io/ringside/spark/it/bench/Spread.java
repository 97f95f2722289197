// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

/**
 * How steady the machine was while a case ran.
 *
 * @param name of the case
 * @param driverNanos the bare driver's median run
 * @param ofDriver its longest run divided by its shortest one
 * @param ofOthers the share of the processors that other processes took, in the median run, from 0
 *     to 1
 */
record Spread(String name, long driverNanos, double ofDriver, double ofOthers) {
  private static final double MOST = 1.5;

  /** Shorter runs differ by what a single pause of a collector takes. */
  private static final long LEAST_NANOS = 100_000_000;

  /** That of the runs of a case. */
  static Spread of(BenchCase one, Runs runs) {
    long[] wall = runs.of("driver").stream().mapToLong(Measurement::wallNanos).sorted().toArray();
    return new Spread(
        one.label(),
        wall[wall.length / 2],
        (double) wall[wall.length - 1] / wall[0],
        runs.othersLoad());
  }

  /** Whether the driver's runs were long enough to say something. */
  boolean counts() {
    return driverNanos >= LEAST_NANOS;
  }

  /**
   * Refuses figures of a busy machine.
   *
   * @throws IllegalStateException when the bare driver's own runs differ too much
   */
  void failIfBusy() {
    if (counts() && ofDriver > MOST) {
      throw new IllegalStateException(
          ("Cannot write docs/benchmarks.md: the bare driver's own runs of %s differ by a factor of"
                  + " %.2f, more than %.1f. Run the benchmark again on a machine that does nothing"
                  + " else.")
              .formatted(name, ofDriver, MOST));
    }
  }
}
