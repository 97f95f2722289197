// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {
  private static EncodedRows rows(List<Integer> keys) {
    RowsEncoder encoder = new RowsEncoder(3);
    for (int i = 0; i < keys.size(); i++) {
      ByteBuffer number = i % 3 == 0 ? null : ByteBuffer.allocate(4).putInt(0, i);
      // Keys of different lengths: a byte, or none.
      ByteBuffer key = ByteBuffer.wrap(new byte[] {keys.get(i).byteValue()});
      encoder.add(new ByteBuffer[] {number, keys.get(i) == 0 ? key.limit(0) : key, number});
    }
    return encoder.take();
  }

  private static List<Integer> keys(EncodedRows.Run run) {
    CellIndex index = CellIndex.of(run.rows());
    List<Integer> keys = new ArrayList<>();
    for (int row = 0; row < index.rows(); row++) {
      int cell = index.starts()[row * 3 + 1];
      // The last byte of the length is 0 for the empty key.
      keys.add(index.bytes()[cell - 1] == 0 ? 0 : (int) index.bytes()[cell]);
    }
    return keys;
  }

  @Property(tries = 200)
  void cutsRowsWhereAColumnChanges(@ForAll @Size(max = 20) List<@IntRange(max = 2) Integer> keys) {
    List<Integer> joined = new ArrayList<>();
    int before = -1;
    for (EncodedRows.Run run : rows(keys).runs(1)) {
      int key = run.value().hasRemaining() ? run.value().get(run.value().position()) : 0;
      assertThat(keys(run)).isNotEmpty().containsOnly(key);
      assertThat(key).isNotEqualTo(before);
      before = key;
      joined.addAll(keys(run));
    }
    assertThat(joined).isEqualTo(keys);
  }

  @Test
  void copiesNothingWhereThereIsOneRun() {
    EncodedRows same = rows(List.of(1, 1, 1));
    assertThat(same.runs(1)).singleElement().extracting(EncodedRows.Run::rows).isSameAs(same);
    EncodedRows two = rows(List.of(1, 2));
    assertThat(two.runs(1).stream().mapToLong(run -> run.rows().heapBytes()).sum())
        .isEqualTo(two.heapBytes());
  }

  @Test
  void refusesRowsThatAreCutOff() {
    EncodedRows whole = rows(List.of(1, 2, 2));
    EncodedRows longer = new EncodedRows(whole.bytes(), 0, 4, 3);
    assertThatThrownBy(() -> longer.runs(1)).isInstanceOf(UnreadableRowsException.class);
    assertThatThrownBy(() -> whole.runs(3)).isInstanceOf(UnreadableRowsException.class);
  }
}
