// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Locale;

/**
 * How Spark's SQL tab shows the values of a metric's tasks: as it shows its own metrics, whose
 * formats Spark has in {@code SQLMetrics} and {@code Utils}. Driver only.
 */
enum MetricUnit {
  /** How many: their sum. */
  COUNT {
    @Override
    String text(long value) {
      return NumberFormat.getIntegerInstance(Locale.ROOT).format(value);
    }
  },
  /** Bytes: their sum, and of several tasks the smallest, the median and the largest. */
  BYTES {
    @Override
    String text(long value) {
      double scaled = value;
      int unit = 0;
      // From two of a unit on, as in Spark: 1,500 KiB say more than 1.5 MiB.
      while (scaled >= 2 * 1024 && unit < BYTE_UNITS.length - 1) {
        scaled /= 1024;
        unit++;
      }
      return format(scaled, BYTE_UNITS[unit]);
    }
  },
  /** Milliseconds: as bytes. */
  MILLIS {
    @Override
    String text(long value) {
      if (value < 1000) {
        return value + " ms";
      } else if (value < 60_000) {
        return format(value / 1000.0, "s");
      } else if (value < 3_600_000) {
        return format(value / 60_000.0, "m");
      }
      return String.format(Locale.ROOT, "%.2f h", value / 3_600_000.0);
    }
  };

  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private static String format(double value, String unit) {
    return String.format(Locale.ROOT, "%.1f %s", value, unit);
  }

  /** One value, not negative. */
  abstract String text(long value);

  /**
   * The values of all tasks.
   *
   * @param values in any order; without any the total is 0
   */
  String text(long[] values) {
    String total = text(Arrays.stream(values).sum());
    if (this == COUNT || values.length <= 1) {
      return total;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return "total (min, med, max)\n%s (%s, %s, %s)"
        .formatted(
            total,
            text(sorted[0]),
            text(sorted[sorted.length / 2]),
            text(sorted[sorted.length - 1]));
  }
}
