// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteClockTest {
  @Test
  void givesCoordinatorsTheirOwnTimes() {
    assertThat(WriteTimes.ofCoordinators().clock(new TaskPlace(0, 1, 3)).next()).isNull();
  }

  @Test
  void keepsOneTimeForAllRequestsAndAttempts() {
    WriteClock clock = WriteTimes.at(50).clock(new TaskPlace(0, 1, 2));
    assertThat(clock.next()).isEqualTo(50);
    assertThat(clock.next()).isEqualTo(50);
  }

  @Test
  void givesTheSameTimesToTheSameAttempt() {
    WriteClock clock = WriteTimes.from(50).clock(new TaskPlace(0, 1, 0));
    assertThat(clock.next()).isEqualTo(50);
    assertThat(clock.next()).isEqualTo(50 + WriteClock.STEP_MICROS);
  }

  @Test
  void neverGivesTwoAttemptsTheSameTime() {
    Set<Long> times = new HashSet<>();
    for (int attempt = 0; attempt < WriteClock.STEP_MICROS; attempt++) {
      WriteClock clock = WriteTimes.from(50).clock(new TaskPlace(0, 1, attempt));
      for (int request = 0; request < 100; request++) {
        assertThat(times.add(clock.next())).isTrue();
      }
    }
  }

  @Test
  void startsLaterTasksLater() {
    assertThat(WriteTimes.from(0).clock(new TaskPlace(1, 2, 0)).next()).isEqualTo(992);
    assertThat(WriteTimes.from(0).clock(new TaskPlace(199, 200, 0)).next()).isEqualTo(49_744);
  }

  @Test
  void startsTheLastTaskOfAHugeJobWithinAFractionOfASecond() {
    assertThat(WriteTimes.from(0).clock(new TaskPlace(99_999, 100_000, 0)).next())
        .isLessThanOrEqualTo(50_000);
  }
}
