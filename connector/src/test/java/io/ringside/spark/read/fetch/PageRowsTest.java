// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageRowsTest {
  private static final PageSizer SIZER =
      PageSizer.ofKnownRows(new PageBounds(1 << 20, 1 << 20, 1 << 30, 0, 0), 1);

  @Test
  void halvesWhatWasTooMuchDownToOneRow() {
    PageRows rows = new PageRows();
    assertThat(rows.next(SIZER)).isEqualTo(5000);
    assertThat(rows.tooMuch(5000)).isEqualTo(2500);
    assertThat(rows.next(SIZER)).isEqualTo(2500);
    assertThat(rows.tooMuch(1)).isEqualTo(1);
  }

  @Test
  void growsByAConstantStep() {
    PageRows rows = new PageRows();
    rows.tooMuch(1600);
    assertThat(afterPages(rows, 2)).isEqualTo(900);
    assertThat(afterPages(rows, 2)).isEqualTo(1000);
  }

  @Test
  void growsTheLaterTheMoreOftenItFailed() {
    PageRows rows = new PageRows();
    rows.tooMuch(1600);
    rows.tooMuch(1600);
    assertThat(afterPages(rows, 3)).isEqualTo(800);
    assertThat(afterPages(rows, 1)).isEqualTo(900);
  }

  @Test
  void failsInFewOfManyRequestsWhereAServerAllowsNoMore() {
    PageRows rows = new PageRows();
    int failures = 0;
    for (int i = 0; i < 1000; i++) {
      int asked = rows.next(SIZER);
      if (asked > 20) {
        rows.tooMuch(asked);
        failures++;
      } else {
        rows.arrived(asked, asked, asked);
      }
    }
    assertThat(failures).isLessThan(25);
  }

  private static int afterPages(PageRows rows, int pages) {
    for (int i = 0; i < pages; i++) {
      int asked = rows.next(SIZER);
      rows.arrived(asked, asked, asked);
    }
    return rows.next(SIZER);
  }
}
