// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RingRangeTest {
  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> RingRange.of(5, 5)).hasMessageContaining("Not a range: (5, 5]");
  }

  @Test
  void holdsItsEndButNotItsStart() {
    RingRange range = RingRange.of(10, 20);
    assertThat(range.contains(BigInteger.valueOf(10))).isFalse();
    assertThat(range.contains(BigInteger.valueOf(11))).isTrue();
    assertThat(range.contains(BigInteger.valueOf(20))).isTrue();
    assertThat(range.contains(BigInteger.valueOf(21))).isFalse();
  }

  @Test
  void splitsNoFinerThanTokens() {
    assertThat(RingRange.of(0, 3).split(10))
        .containsExactly(RingRange.of(0, 1), RingRange.of(1, 2), RingRange.of(2, 3));
  }

  @Test
  void mergesRangesThatTouch() {
    assertThat(
            RingRange.merge(List.of(RingRange.of(5, 9), RingRange.of(0, 5), RingRange.of(10, 11))))
        .containsExactly(RingRange.of(0, 9), RingRange.of(10, 11));
  }

  @Property
  void splitsIntoPartsThatMergeToTheRange(
      @ForAll long a, @ForAll long b, @ForAll @IntRange(min = 1, max = 300) int parts) {
    if (a == b) {
      return;
    }
    RingRange range = RingRange.of(Math.min(a, b), Math.max(a, b));
    List<RingRange> split = range.split(parts);
    assertThat(RingRange.merge(split)).containsExactly(range);
    assertThat(split.stream().map(RingRange::size).reduce(BigInteger.ZERO, BigInteger::add))
        .isEqualTo(range.size());
  }

  @Property
  void findsATokenInsideForEachFraction(
      @ForAll long a, @ForAll long b, @ForAll @DoubleRange(max = 1) double fraction) {
    if (a == b) {
      return;
    }
    RingRange range = RingRange.of(Math.min(a, b), Math.max(a, b));
    assertThat(range.contains(range.tokenAt(fraction))).isTrue();
  }
}
