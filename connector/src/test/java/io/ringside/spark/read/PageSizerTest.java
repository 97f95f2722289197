// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizerTest {
  @Test
  void startsFromTheGuessAndFollowsTheRows() {
    PageSizer sizer = new PageSizer(1_000_000, 100, 0);
    assertThat(sizer.rows()).isEqualTo(10_000);
    sizer.learn(10_000, 10_000_000);
    assertThat(sizer.rows()).isEqualTo(1_000);
  }

  @Test
  void growsAtMostFourfoldAtATime() {
    PageSizer sizer = new PageSizer(1_000_000, 10_000, 0);
    sizer.learn(100, 100);
    assertThat(sizer.rows()).isEqualTo(400);
  }

  @Test
  void staysWithinItsBounds() {
    PageSizer sizer = new PageSizer(1, 1_000_000, 0);
    assertThat(sizer.rows()).isEqualTo(1);
    PageSizer wide = new PageSizer(Long.MAX_VALUE / 1_000_000, 1, 0);
    assertThat(wide.rows()).isEqualTo(PageSizer.MOST_ROWS);
    wide.learn(0, 0);
    assertThat(wide.rows()).isEqualTo(PageSizer.MOST_ROWS);
  }

  @Test
  void asksForNoMoreThanTheLimit() {
    assertThat(new PageSizer(1_000_000, 1, 7).rows()).isEqualTo(7);
  }
}
