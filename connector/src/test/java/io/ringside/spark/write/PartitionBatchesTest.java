// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PartitionBatchesTest {
  private final List<List<String>> sent = new ArrayList<>();

  @Test
  void collectsInterleavedKeys() {
    PartitionBatches<String, String> batches = new PartitionBatches<>(2, 100, 1000, 0, sent::add);
    batches.add("a", "a1", 1);
    batches.add("b", "b1", 1);
    batches.add("a", "a2", 1);
    assertThat(sent).containsExactly(List.of("a1", "a2"));
    batches.flush();
    assertThat(sent).containsExactly(List.of("a1", "a2"), List.of("b1"));
  }

  @Test
  void sendsTheEldestWhenTheBufferIsFull() {
    PartitionBatches<String, String> batches = new PartitionBatches<>(9, 100, 25, 0, sent::add);
    batches.add("a", "a1", 10);
    batches.add("b", "b1", 10);
    batches.add("c", "c1", 10);
    assertThat(sent).containsExactly(List.of("a1"));
  }

  @Test
  void sendsNothingAfterADiscard() {
    PartitionBatches<String, String> batches = new PartitionBatches<>(9, 100, 1000, 0, sent::add);
    batches.add("a", "a1", 1);
    batches.discard();
    batches.flush();
    assertThat(sent).isEmpty();
  }

  @Property(tries = 300)
  void sendsEachRowOnceInTheOrderOfItsKeyAndWithinTheBounds(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9) Integer> keys,
      @ForAll @IntRange(min = 1, max = 5) int mostRows,
      @ForAll @IntRange(min = 1, max = 40) int mostBytes) {
    List<List<int[]>> batchesSent = new ArrayList<>();
    PartitionBatches<Integer, int[]> batches =
        new PartitionBatches<>(mostRows, mostBytes, 60, 1, batchesSent::add);
    Map<Integer, Integer> lastOfKey = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      batches.add(keys.get(i), new int[] {keys.get(i), i}, 7);
    }
    batches.flush();
    int rows = 0;
    for (List<int[]> batch : batchesSent) {
      rows += batch.size();
      assertThat(batch).hasSizeBetween(1, mostRows);
      assertThat(batch.size() == 1 || batch.size() * 7 <= mostBytes).isTrue();
      for (int[] row : batch) {
        assertThat(row[0]).isEqualTo(batch.get(0)[0]);
        assertThat(row[1]).isGreaterThan(lastOfKey.getOrDefault(row[0], -1));
        lastOfKey.put(row[0], row[1]);
      }
    }
    assertThat(rows).isEqualTo(keys.size());
  }
}
