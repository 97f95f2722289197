// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeCutTest {
  private static final long PAGE = 1 << 20;

  private static List<RingRange> ring(int parts) {
    return Partitioner.MURMUR3.fullRing().split(parts);
  }

  @Property
  void keepsEachTokenOnce(
      @ForAll @IntRange(min = 1, max = 300) int ranges,
      @ForAll @IntRange(min = 0, max = 500) int pages,
      @ForAll @IntRange(min = 1, max = 32) int places) {
    List<RingRange> cut = RangeCut.cut(ring(ranges), pages * PAGE, PAGE, places);
    assertThat(RingRange.merge(cut)).containsExactly(Partitioner.MURMUR3.fullRing());
    assertThat(cut.stream().map(RingRange::size).reduce(BigInteger::add))
        .hasValue(Partitioner.MURMUR3.fullRing().size());
  }

  @Test
  void cutsALargeRangeIntoSeveralForEachPlace() {
    assertThat(RangeCut.cut(ring(1), 64 * PAGE, PAGE, 4)).hasSize(16);
  }

  @Test
  void cutsOnlyTheLargeRange() {
    List<RingRange> halves = ring(2);
    List<RingRange> ranges = new ArrayList<>(List.of(halves.get(0)));
    ranges.addAll(halves.get(1).split(100));
    assertThat(RangeCut.cut(ranges, 64 * PAGE, PAGE, 4)).hasSize(8 + 100);
  }

  @Test
  void leavesWhatFitsAFewPages() {
    assertThat(RangeCut.cut(ring(17), 3 * PAGE, PAGE, 4)).hasSize(17);
  }
}
