// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageSizerTest {
  private static final long MB = 1 << 20;
  private static final PageBounds BOUNDS = new PageBounds(MB, 8 * MB, 64 * MB, 0, 0);

  @Test
  void asksForTheRowsThatFillAPageWhereTypesTellTheirSize() {
    assertThat(PageSizer.ofKnownRows(BOUNDS, 1 << 10).rows(0, 0)).isEqualTo(1 << 10);
  }

  @Test
  void followsTheRowsOfATarget() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(1000, 1000 * 1024);
    assertThat(sizer.rows(1024, 1000)).isEqualTo(1024);
  }

  @Test
  void startsSmallWhereARowMayBeOfAnySize() {
    assertThat(PageSizer.ofUnknownRows(BOUNDS, 0).rows(0, 0)).isEqualTo(PageSizer.FEW_ROWS);
  }

  @Test
  void takesThePartitionsMeanSizeAsAHint() {
    assertThat(PageSizer.ofUnknownRows(BOUNDS, 4096).rows(0, 0)).isEqualTo(256);
  }

  @Test
  void growsFourfoldAtMost() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(16, 16);
    assertThat(sizer.rows(1, 16)).isEqualTo(4 * 16);
  }

  @Test
  void startsAnotherTargetCarefullyHoweverSmallTheRowsWere() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(5000, 5000);
    assertThat(sizer.rows(0, 0)).isEqualTo(PageSizer.FIRST_ROWS);
  }

  @Test
  void boundsAllTargetsByTheLargestRowsOfAny() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(16, 16 * 64 * 1024);
    assertThat(sizer.rows(20, 5000)).as("of small rows").isEqualTo(128);
  }

  @Test
  void forgetsTheLargestRowsSlowly() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(1, MB);
    int before = sizer.rows(20, 5000);
    for (int i = 0; i < 200; i++) {
      sizer.learn(100, 2000);
      int rows = sizer.rows(20, 5000);
      assertThat(rows).isBetween(before, Math.max(before + 1, before * 5 / 4));
      before = rows;
    }
    assertThat(before).isEqualTo(PageSizer.MOST_ROWS);
  }

  @Test
  void asksForOneRowWhereOneIsLargerThanAPage() {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(2, 64 * MB);
    assertThat(sizer.rows(32.0 * MB, 2)).isEqualTo(1);
  }

  @Test
  void asksForNoMoreThanTheLimit() {
    PageBounds bounds = new PageBounds(MB, MB, MB, 0, 7);
    assertThat(PageSizer.ofKnownRows(bounds, 1).rows(0, 0)).isEqualTo(7);
  }

  @Test
  void leavesRoomForTheObjectsOfADriverThatMakesThem() {
    PageBounds bounds = new PageBounds(MB, 8 * MB, 16 * MB, 2048, 0);
    int rows = PageSizer.ofKnownRows(bounds, 25 * 5).rows(0, 0);
    assertThat(bounds.heapOf(rows, rows * 125L)).isLessThanOrEqualTo(4 * MB);
  }

  @Test
  void readsFewRowsAtATimeToAggregateCellsOfUnknownSize() {
    assertThat(PageSizer.ofAggregates(BOUNDS, 0).rows(0, 0)).isEqualTo(PageSizer.FIRST_ROWS);
    assertThat(PageSizer.ofAggregates(BOUNDS, 9).rows(0, 0)).isEqualTo(PageSizer.MOST_ROWS);
  }

  @Property
  void expectsNoPageOfMoreThanTheBound(
      @ForAll @IntRange(min = 1, max = 1 << 26) int rowBytes,
      @ForAll @IntRange(min = 1, max = 1 << 26) int largest,
      @ForAll @IntRange(min = 1, max = 5000) int before) {
    PageSizer sizer = PageSizer.ofUnknownRows(BOUNDS, 0);
    sizer.learn(1, largest);
    int rows = sizer.rows(rowBytes, before);
    assertThat(rows).isBetween(1, Math.min(5000, 4 * before));
    if (rows > 1) {
      assertThat((long) rows * Math.max(rowBytes, largest)).isLessThanOrEqualTo(8 * MB);
    }
  }
}
