// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricUnitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COUNT | 0 | 0",
        "COUNT | 1234567 | 1,234,567",
        "BYTES | 0 | 0.0 B",
        "BYTES | 2047 | 2047.0 B",
        "BYTES | 2048 | 2.0 KiB",
        "BYTES | 5400845 | 5.2 MiB",
        "BYTES | 9223372036854775807 | 8192.0 PiB",
        "MILLIS | 999 | 999 ms",
        "MILLIS | 1000 | 1.0 s",
        "MILLIS | 59999 | 60.0 s",
        "MILLIS | 90000 | 1.5 m",
        "MILLIS | 5400000 | 1.50 h",
      })
  void showsAValueAsSparkDoes(MetricUnit unit, long value, String text) {
    assertThat(unit.text(value)).isEqualTo(text);
    assertThat(unit.text(new long[] {value})).isEqualTo(text);
  }

  @Test
  void showsHowTasksDiffer() {
    long[] values = {3 << 20, 1 << 20, 8 << 20};
    assertThat(MetricUnit.BYTES.text(values))
        .isEqualTo("total (min, med, max)\n12.0 MiB (1024.0 KiB, 3.0 MiB, 8.0 MiB)");
    assertThat(values).containsExactly(3 << 20, 1 << 20, 8 << 20);
    assertThat(MetricUnit.MILLIS.text(new long[] {1500, 10}))
        .isEqualTo("total (min, med, max)\n1.5 s (10 ms, 1.5 s, 1.5 s)");
    assertThat(MetricUnit.COUNT.text(values)).isEqualTo("12,582,912");
    assertThat(MetricUnit.BYTES.text(new long[0])).isEqualTo("0.0 B");
  }

  @Test
  void findsTheClassesWhereSparkItselfIs() throws ClassNotFoundException {
    assertThat(MetricClasses.isFoundBy(SumMetric.class.getClassLoader())).isTrue();
    assertThat(MetricClasses.isFoundBy(ClassLoader.getPlatformClassLoader())).isFalse();
  }
}
