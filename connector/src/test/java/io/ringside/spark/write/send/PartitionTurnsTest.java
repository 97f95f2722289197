// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTurnsTest {
  @Test
  void letsOneOfEachPartitionGoAtATimeInOrder() {
    PartitionTurns<String> turns = new PartitionTurns<>();
    List<String> ran = new ArrayList<>();
    turns.enter("a", () -> ran.add("a1"));
    turns.enter("a", () -> ran.add("a2"));
    turns.enter("b", () -> ran.add("b1"));
    turns.enter("a", () -> ran.add("a3"));
    assertThat(ran).containsExactly("a1", "b1");
    turns.leave("b");
    turns.leave("a");
    assertThat(ran).containsExactly("a1", "b1", "a2");
    turns.leave("a");
    turns.leave("a");
    assertThat(ran).containsExactly("a1", "b1", "a2", "a3");
    turns.enter("a", () -> ran.add("a4"));
    assertThat(ran).endsWith("a4");
  }

  /** As when a task has failed: all that wait end at once, each in the end of the one before. */
  @Test
  void endsLongRowsOfThem() {
    PartitionTurns<String> turns = new PartitionTurns<>();
    List<Integer> ran = new ArrayList<>();
    turns.enter("a", () -> ran.add(-1));
    for (int i = 0; i < 1024; i++) {
      int number = i;
      turns.enter(
          "a",
          () -> {
            ran.add(number);
            turns.leave("a");
          });
    }
    turns.leave("a");
    assertThat(ran).hasSize(1025);
  }
}
