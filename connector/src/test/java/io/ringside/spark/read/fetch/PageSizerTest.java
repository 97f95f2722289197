// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizerTest {
  @Test
  void followsTheRows() {
    PageSizer sizer = PageSizer.ofKnownRows(1_000_000, 100, 0);
    assertThat(sizer.rows()).isEqualTo(10_000);
    sizer.learn(10_000, 10_000_000);
    assertThat(sizer.rows()).isEqualTo(1_000);
  }

  @Test
  void startsSmallWhereARowMayBeOfAnySize() {
    PageSizer sizer = PageSizer.ofUnknownRows(1_000_000, 0, 0);
    assertThat(sizer.rows()).isEqualTo(PageSizer.FEW_ROWS);
    assertThat(sizer.hasLearned()).isFalse();
    assertThat(PageSizer.ofUnknownRows(1_000_000, 2_000, 0).rows()).isEqualTo(500);
    sizer.learn(16, 16_000_000);
    assertThat(sizer.hasLearned()).isTrue();
    assertThat(sizer.rows()).isEqualTo(1);
  }

  @Test
  void growsAtMostFourfoldAtATime() {
    PageSizer sizer = PageSizer.ofKnownRows(1_000_000, 10_000, 0);
    sizer.learn(100, 100);
    assertThat(sizer.rows()).isEqualTo(400);
  }

  @Test
  void staysWithinItsBounds() {
    assertThat(PageSizer.ofKnownRows(1, 1_000_000, 0).rows()).isEqualTo(1);
    PageSizer wide = PageSizer.ofKnownRows(Long.MAX_VALUE / 1_000_000, 1, 0);
    assertThat(wide.rows()).isEqualTo(PageSizer.MOST_ROWS);
    wide.learn(0, 0);
    assertThat(wide.rows()).isEqualTo(PageSizer.MOST_ROWS);
  }

  @Test
  void asksForNoMoreThanTheLimit() {
    assertThat(PageSizer.ofKnownRows(1_000_000, 1, 7).rows()).isEqualTo(7);
  }
}
