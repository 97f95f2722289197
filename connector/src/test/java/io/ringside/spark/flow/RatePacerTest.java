// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.config.RateLimit;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RatePacerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void letsEverythingPassWithoutALimit() {
    RatePacer pacer = new RatePacer(null);
    pacer.note(1_000_000, 1L << 40, 0);
    assertThat(pacer.delayNanos(0)).isZero();
  }

  @Test
  void delaysByWhatWasDone() {
    RatePacer rows = new RatePacer(new RateLimit(RateLimit.Unit.ROWS, 100));
    assertThat(rows.delayNanos(7)).isZero();
    rows.note(50, 1_000_000, 7);
    assertThat(rows.delayNanos(7)).isEqualTo(SECOND / 2);
    assertThat(rows.delayNanos(7 + SECOND / 2)).isZero();
    RatePacer bytes = new RatePacer(new RateLimit(RateLimit.Unit.BYTES, 1000));
    bytes.note(1_000_000, 2000, 0);
    assertThat(bytes.delayNanos(0)).isEqualTo(2 * SECOND);
  }

  /** Whatever comes when: in any time no more passes than the rate allows, but for one piece. */
  @Property
  void keepsTheRate(
      @ForAll @Size(min = 1, max = 200) int[] pieces,
      @ForAll @IntRange(max = 300) int pauseMillis) {
    RatePacer pacer = new RatePacer(new RateLimit(RateLimit.Unit.ROWS, 1000));
    long now = 0;
    long done = 0;
    for (int piece : pieces) {
      int rows = Math.floorMod(piece, 500) + 1;
      now += pacer.delayNanos(now);
      assertThat(done).isLessThanOrEqualTo(1 + (now + SECOND / 10) * 1000 / SECOND);
      pacer.note(rows, 0, now);
      done += rows;
      now += TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    }
  }
}
