// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;

/**
 * The rows of an answer in one array. In a session that {@link #sessionBuilder()} made that is the
 * array into which the rows were copied out of the network's buffers, and no object was made for
 * any of them. With a driver that does not allow it, the rows come as the driver's objects and are
 * put into an array here. Driver and executors; thread-safe.
 */
public final class AnswerRows {
  /**
   * A system property for tests: {@code true} lets the driver decode the rows of all sessions that
   * this JVM opens.
   */
  static final String DRIVER_DECODES = "ringside.driver-decodes-rows";

  /** The driver's list of a row's cells. */
  private static final int ROW_OBJECT_BYTES = 48;

  /** The driver's buffer object and array of a cell, and the references to them. */
  private static final int CELL_OBJECT_BYTES = 80;

  private AnswerRows() {}

  /** A builder of sessions whose answers come with their rows in one array, if that is possible. */
  public static CqlSessionBuilder sessionBuilder() {
    if (Boolean.getBoolean(DRIVER_DECODES)) {
      return CqlSession.builder();
    }
    try {
      return new PageSessionBuilder();
    } catch (LinkageError e) {
      return CqlSession.builder();
    }
  }

  /**
   * Bytes of heap that each row of an answer takes, besides its own bytes, until the answer has
   * been put into an array: those of the objects of a driver that makes some.
   */
  public static long heapOfRow(CqlSession session, int columns) {
    return areKept(session) ? 0 : ROW_OBJECT_BYTES + (long) CELL_OBJECT_BYTES * columns;
  }

  private static boolean areKept(CqlSession session) {
    try {
      return session.getContext() instanceof PageContext context && context.keepsPages();
    } catch (LinkageError e) {
      return false;
    }
  }

  /** The rows of an answer of which none was taken yet. */
  public static EncodedRows of(AsyncResultSet answer) {
    if (answer.getExecutionInfo().getIncomingPayload() instanceof PagePayload page) {
      return page.rows();
    }
    int columns = answer.getColumnDefinitions().size();
    RowsEncoder encoder = new RowsEncoder(columns);
    ByteBuffer[] cells = new ByteBuffer[columns];
    for (Row row : answer.currentPage()) {
      for (int c = 0; c < columns; c++) {
        cells[c] = row.getBytesUnsafe(c);
      }
      encoder.add(cells);
    }
    return encoder.take();
  }
}
