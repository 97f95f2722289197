// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.write.timed.CellTimeReader.Given;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedRowTest {
  private static final long JOB = 1000;

  private final TimedRow row = new TimedRow(3, JOB);

  private static ByteBuffer value(int number) {
    return ByteBuffer.allocate(4).putInt(0, number);
  }

  private void add(int slot, @Nullable Long micros, int ttl) {
    CellTime time = new CellTime(micros, ttl);
    row.live(time);
    row.set(slot, value(slot), time);
  }

  /** Each change as its times, its slots and whether it makes the row. */
  private static List<String> text(List<TimedRow.Change> changes) {
    List<String> text = new ArrayList<>();
    for (TimedRow.Change change : changes) {
      StringBuilder one = new StringBuilder(change.inserts() ? "insert " : "update ");
      one.append(change.time().micros()).append('/').append(change.time().ttl());
      for (int s = 0; s < change.values().size(); s++) {
        one.append(change.values().get(s) == null ? "" : " " + s);
      }
      text.add(one.toString());
    }
    return text;
  }

  @Test
  void writesCellsOfOneTimeInOneStatement() {
    add(0, 7L, 60);
    add(2, 7L, 60);
    assertThat(text(row.inserts())).containsExactly("insert 7/60 0 2");
  }

  @Test
  void insertsTheRowAtItsFirstWriteForItsLongestLife() {
    add(0, 9L, 60);
    add(1, 7L, 30);
    assertThat(text(row.inserts()))
        .containsExactly("insert 7/60", "update 9/60 0", "update 7/30 1");
  }

  @Test
  void livesForEverWithACellThatDoes() {
    add(0, 9L, 0);
    add(1, 7L, 30);
    add(2, 7L, 0);
    assertThat(text(row.inserts()))
        .containsExactly("insert 7/0 2", "update 9/0 0", "update 7/30 1");
  }

  @Test
  void takesTheTimeOfTheJobForCellsWithoutOne() {
    add(0, null, 0);
    add(1, JOB + 1, 0);
    assertThat(text(row.inserts())).containsExactly("insert null/0 0", "update 1001/0 1");
  }

  @Test
  void keepsRowsWithoutCells() {
    assertThat(text(row.inserts())).containsExactly("insert null/0");
    assertThat(new TimedRow(1, JOB).updates()).isEmpty();
  }

  @Test
  void dropsRowsOfWhichAllHasExpired() {
    row.expired();
    assertThat(row.inserts()).isEmpty();
  }

  @Test
  void keepsTheOrderOfWhatComesLater() {
    CellTime first = new CellTime(1L, 0);
    row.live(first);
    row.set(1, value(1), first);
    row.setLater(1, value(2), new CellTime(2L, 0));
    row.setLater(1, value(3), first);
    assertThat(text(row.inserts())).containsExactly("insert 1/0 1", "update 2/0 1", "update 1/0 1");
  }

  @Test
  void countsSecondsFromTheRead() {
    assertThat(new Given(5L, 60L).after(0)).isEqualTo(new CellTime(5L, 60));
    assertThat(new Given(5L, 60L).after(59)).isEqualTo(new CellTime(5L, 1));
    assertThat(new Given(5L, 60L).after(60)).isNull();
    assertThat(new Given(5L, 0L).after(0)).isNull();
    assertThat(new Given(5L, null).after(99)).isEqualTo(new CellTime(5L, 0));
  }
}
