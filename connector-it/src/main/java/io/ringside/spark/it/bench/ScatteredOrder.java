// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

/**
 * An order of numbers in which those that lie next to each other come far from each other, the same
 * for all contenders: row {@code i} is number {@code i * stride % rows}. Knows only the JDK, as it
 * runs in JVMs of other Spark versions too.
 */
public final class ScatteredOrder {
  /** Multiples of it, without their whole part, spread over the unit interval most evenly. */
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private ScatteredOrder() {}

  /**
   * A factor that has no divisor in common with the number of rows, so that each number comes once.
   *
   * @param rows at least 1
   */
  public static long stride(long rows) {
    long stride = Math.max(1, (long) (rows * GOLDEN_RATIO));
    while (commonDivisor(stride, rows) != 1) {
      stride++;
    }
    return stride;
  }

  private static long commonDivisor(long a, long b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }
}
