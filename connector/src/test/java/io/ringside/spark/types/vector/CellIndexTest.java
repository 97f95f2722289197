// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellIndexTest {
  private static @Nullable ByteBuffer cell(@Nullable String text) {
    return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EncodedRows rows(int columns, @Nullable String... cells) {
    RowsEncoder encoder = new RowsEncoder(columns);
    for (int from = 0; from < cells.length; from += columns) {
      ByteBuffer[] row = new ByteBuffer[columns];
      for (int c = 0; c < columns; c++) {
        row[c] = cell(cells[from + c]);
      }
      encoder.add(row);
    }
    return encoder.take();
  }

  /** The cells that an index knows, row after row. */
  private static List<@Nullable String> shown(CellIndex index) {
    List<@Nullable String> cells = new ArrayList<>();
    for (int i = 0; i < index.rows() * index.columns(); i++) {
      int start = index.starts()[i];
      int size = ByteBuffer.wrap(index.bytes()).getInt(start - EncodedRows.HEADER_BYTES);
      cells.add(size < 0 ? null : new String(index.bytes(), start, size, StandardCharsets.UTF_8));
    }
    return cells;
  }

  @Test
  void findsEachCell() {
    assertThat(shown(CellIndex.of(rows(2, "a", null, "", "bc"))))
        .containsExactly("a", null, "", "bc");
  }

  @Test
  void leavesOutTheColumnsThatAreNotWanted() {
    CellIndex index = new CellIndex(1);
    index.point(rows(3, "a", "b", "c", "d", null, "f"));
    assertThat(shown(index)).containsExactly("a", "d");
  }

  @Test
  void servesBatchAfterBatch() {
    CellIndex index = new CellIndex(1);
    index.point(rows(1, "a", "b", "c"));
    index.point(rows(1, "d"));
    assertThat(shown(index)).containsExactly("d");
    assertThat(index.rows()).isOne();
  }

  @Test
  void viewsTheArrayOfOneBatchAndCopiesThoseOfSeveral() {
    EncodedRows page = rows(1, "a");
    CellIndex index = new CellIndex(1);
    index.point(List.of(page));
    assertThat(index.bytes()).isSameAs(page.bytes());
    index.point(List.of(page, rows(2, "b", "x", "c", "y"), rows(1, "d")));
    assertThat(shown(index)).containsExactly("a", "b", "c", "d");
    index.point(List.of());
    assertThat(index.rows()).isZero();
  }

  @Test
  void refusesRowsOfTooFewCells() {
    assertThatThrownBy(() -> new CellIndex(2).point(rows(1, "a")))
        .isInstanceOf(UnreadableRowsException.class)
        .hasMessageContaining("the rows of a page have 1 cells where 2 were asked for");
  }

  /** A length that leads out of the array, or beyond what an int can count, is noticed. */
  @Property
  void readsNothingBeyondItsRows(
      @ForAll long seed,
      @ForAll @IntRange(max = 9) int count,
      @ForAll @IntRange(min = 1, max = 4) int columns) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(count * columns * 8 + 1)];
    random.nextBytes(bytes);
    for (int at = 0; at + 4 <= bytes.length; at += 4) {
      if (random.nextInt(4) > 0) {
        ByteBuffer.wrap(bytes).putInt(at, random.nextInt(12) - 1);
      }
    }
    CellIndex index = new CellIndex(columns);
    try {
      index.point(new EncodedRows(bytes, 0, count, columns));
    } catch (UnreadableRowsException e) {
      assertThat(e).hasMessageContaining("do not end within its " + bytes.length + " bytes");
      return;
    }
    assertThat(shown(index)).hasSize(count * columns);
  }
}
