// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

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
  private final List<List<Integer>> sent = new ArrayList<>();

  private PartitionBatches batches(int mostRows, long bufferBytes) {
    return new PartitionBatches(
        mostRows,
        100,
        bufferBytes,
        batch -> sent.add(batch.mutations().stream().map(Mutations::row).toList()));
  }

  @Test
  void collectsInterleavedKeys() {
    PartitionBatches batches = batches(2, 1000);
    batches.add(Mutations.of(1, 11));
    batches.add(Mutations.of(2, 21));
    batches.add(Mutations.of(1, 12));
    assertThat(sent).containsExactly(List.of(11, 12));
    batches.flush();
    assertThat(sent).containsExactly(List.of(11, 12), List.of(21));
  }

  @Test
  void sendsTheEldestWhenTheBufferIsFull() {
    PartitionBatches batches = batches(9, 2 * Mutations.HEAP_BYTES + 1);
    batches.add(Mutations.of(1, 11));
    batches.add(Mutations.of(2, 21));
    batches.add(Mutations.of(3, 31));
    assertThat(sent).containsExactly(List.of(11));
  }

  @Test
  void sendsNothingAfterADiscard() {
    PartitionBatches batches = batches(9, 1000);
    batches.add(Mutations.of(1, 11));
    batches.discard();
    batches.flush();
    assertThat(sent).isEmpty();
  }

  @Test
  void keepsTwoMutationsOfOneRowApart() {
    PartitionBatches batches = batches(9, 100_000);
    batches.add(Mutations.of(1, 11));
    batches.add(Mutations.of(1, 12));
    batches.add(Mutations.of(1, 11));
    batches.add(Mutations.of(1, 12));
    batches.flush();
    assertThat(sent).containsExactly(List.of(11, 12), List.of(11, 12));
  }

  @Test
  void keepsDifferentStaticCellsOfOnePartitionApart() {
    PartitionBatches batches = batches(9, 100_000);
    batches.add(Mutations.withStatics(1, 11, "a"));
    batches.add(Mutations.withStatics(1, 12, "a"));
    batches.add(Mutations.withStatics(1, 13, null));
    batches.add(Mutations.withStatics(1, 14, "b"));
    batches.flush();
    assertThat(sent).containsExactly(List.of(11, 12, 13), List.of(14));
  }

  @Test
  void leavesMutationsTogetherThatBringTheirOwnTimes() {
    PartitionBatches batches = batches(9, 100_000);
    batches.add(Mutations.withOwnTime(1));
    batches.add(Mutations.withOwnTime(1));
    batches.flush();
    assertThat(sent).hasSize(1);
  }

  @Property(tries = 300)
  void sendsEachRowOnceInTheOrderOfItsKeyAndWithinTheBounds(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9) Integer> keys,
      @ForAll @IntRange(min = 1, max = 5) int mostRows,
      @ForAll @IntRange(min = 1, max = 40) int mostBytes) {
    List<Batch> batchesSent = new ArrayList<>();
    PartitionBatches batches =
        new PartitionBatches(mostRows, mostBytes, 8 * Mutations.HEAP_BYTES, batchesSent::add);
    Map<Integer, Integer> lastOfKey = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      batches.add(Mutations.of(keys.get(i), i));
    }
    batches.flush();
    int rows = 0;
    for (Batch batch : batchesSent) {
      rows += batch.mutations().size();
      assertThat(batch.mutations()).hasSizeBetween(1, mostRows);
      assertThat(batch.mutations().size() == 1 || batch.valueBytes() <= mostBytes).isTrue();
      for (Mutation row : batch.mutations()) {
        int key = row.partition().getInt(0);
        assertThat(row.partition()).isEqualTo(batch.partition());
        assertThat(Mutations.row(row)).isGreaterThan(lastOfKey.getOrDefault(key, -1));
        lastOfKey.put(key, Mutations.row(row));
      }
    }
    assertThat(rows).isEqualTo(keys.size());
  }
}
