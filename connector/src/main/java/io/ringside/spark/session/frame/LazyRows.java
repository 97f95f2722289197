// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import java.nio.ByteBuffer;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer as the driver wants them, a list of cells each, made of a page's bytes when
 * somebody takes them: queries of the driver's own, and all that read an answer row by row. Not
 * thread-safe, as are the queues of the driver.
 */
final class LazyRows extends AbstractQueue<List<ByteBuffer>> {
  private final EncodedRows rows;
  private final RowCursor cursor;

  LazyRows(EncodedRows rows) {
    this.rows = rows;
    this.cursor = new RowCursor(rows);
  }

  /** All rows, those that were taken included. */
  EncodedRows rows() {
    return rows;
  }

  @Override
  public int size() {
    return cursor.remaining();
  }

  @Override
  public @Nullable List<ByteBuffer> poll() {
    return cursor.next() ? row(cursor) : null;
  }

  @Override
  public @Nullable List<ByteBuffer> peek() {
    RowCursor ahead = new RowCursor(cursor);
    return ahead.next() ? row(ahead) : null;
  }

  @Override
  public Iterator<List<ByteBuffer>> iterator() {
    RowCursor ahead = new RowCursor(cursor);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ahead.remaining() > 0;
      }

      @Override
      public List<ByteBuffer> next() {
        if (!ahead.next()) {
          throw new NoSuchElementException();
        }
        return row(ahead);
      }
    };
  }

  /**
   * Refuses.
   *
   * @throws UnsupportedOperationException always: nothing is added to an answer
   */
  @Override
  public boolean offer(List<ByteBuffer> row) {
    throw new UnsupportedOperationException("Cannot add a row to an answer.");
  }

  private List<ByteBuffer> row(RowCursor at) {
    List<ByteBuffer> cells = new ArrayList<>(rows.columns());
    for (int c = 0; c < rows.columns(); c++) {
      cells.add(at.cell(c));
    }
    return cells;
  }
}
