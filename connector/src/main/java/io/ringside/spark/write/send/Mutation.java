// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change of one row, on its way to the table.
 *
 * @param statements sent together, at least one
 * @param partition the bytes of its partition key
 * @param row what it sets, so that no batch, which has one write time, sets a row twice; null when
 *     the statements bring their own write times
 * @param size what it takes on the wire and in memory
 * @param repetition whether it may be done once more
 * @param timeMarker position, in every statement, of the marker that {@link WriteClock} gives its
 *     write time; {@link #NO_MARKER} where the request has the write time, or the data or a
 *     deletion its own
 * @param deletion deletes the partition, at an earlier write time of its own, in every request that
 *     has such a mutation; null where the mutation adds to what the partition has
 */
public record Mutation(
    List<BoundStatement> statements,
    ByteBuffer partition,
    @Nullable RowKey row,
    Size size,
    Repetition repetition,
    int timeMarker,
    @Nullable BoundStatement deletion) {

  /** In place of a position. */
  public static final int NO_MARKER = -1;

  /** A mutation that adds to what the partition has. */
  public Mutation(
      List<BoundStatement> statements,
      ByteBuffer partition,
      @Nullable RowKey row,
      Size size,
      Repetition repetition,
      int timeMarker) {
    this(statements, partition, row, size, repetition, timeMarker, null);
  }

  /**
   * What a mutation takes.
   *
   * @param values bytes of its values
   * @param heap bytes of its objects
   */
  public record Size(long values, long heap) {
    /**
     * A statement, the views of its keys, the record around it, and its place in a batch and in the
     * collection of open batches.
     */
    private static final int STATEMENT_BYTES = 700;

    /**
     * The size of a statement whose values are in one array.
     *
     * @param markers how many it has; each takes four bytes for a length
     * @param values bytes of the values
     */
    public static Size of(int markers, long values) {
      return new Size(values, STATEMENT_BYTES + (long) markers * Integer.BYTES + values);
    }

    /** Both together. */
    public Size and(Size other) {
      return new Size(values + other.values, heap + other.heap);
    }
  }

  /**
   * The part of a partition that a mutation sets.
   *
   * @param clustering the values of the clustering columns, each after its length; nobody may move
   *     its position
   * @param statics what it sets the static columns to, with value equality; null for nothing
   */
  public record RowKey(ByteBuffer clustering, @Nullable Object statics) {
    /** In place of clustering columns: a partition has a single row, or none is set. */
    public static final ByteBuffer NONE = ByteBuffer.allocate(0);
  }

  /** The same in requests that delete the partition first. */
  public Mutation after(BoundStatement deletionOfPartition) {
    return new Mutation(
        statements, partition, row, size, repetition, timeMarker, deletionOfPartition);
  }

  /** The same at the next write time, where its statements bring their own. */
  Mutation next(WriteClock clock) {
    Long micros = timeMarker == NO_MARKER ? null : clock.next();
    if (micros == null) {
      return this;
    }
    return new Mutation(
        statements.stream().map(statement -> statement.setLong(timeMarker, micros)).toList(),
        partition,
        row,
        size,
        repetition,
        timeMarker,
        deletion);
  }
}
