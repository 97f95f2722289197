// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HedgingTest {
  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void waitsASecondBeforeItKnowsAnything() {
    assertThat(new Hedging(new PageTimes()).delayNanos()).isEqualTo(millis(1000));
  }

  @Test
  void waitsLittleWherePagesComeFast() {
    Hedging hedging = new Hedging(new PageTimes());
    for (int i = 0; i < 100; i++) {
      hedging.arrived(millis(3));
    }
    assertThat(hedging.delayNanos()).isEqualTo(millis(200));
  }

  @Test
  void waitsLongerThanSlowPagesTake() {
    Hedging hedging = new Hedging(new PageTimes());
    for (int i = 0; i < 100; i++) {
      hedging.arrived(millis(i % 2 == 0 ? 400 : 1200));
    }
    assertThat(hedging.delayNanos()).isBetween(millis(1500), millis(3500));
  }

  @Test
  void keepsWithinItsShare() {
    Hedging hedging = new Hedging(new PageTimes());
    int hedged = 0;
    for (int i = 0; i < 1000; i++) {
      hedging.requested();
      if (hedging.isAllowed()) {
        hedging.hedged();
        hedged++;
      }
    }
    assertThat(hedged).isBetween(40, 54);
  }
}
