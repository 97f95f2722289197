// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the markers of a statement one after another. One per mutation. */
public final class MutationBuilder {
  private final TableSpec table;
  private BoundStatementBuilder builder;
  private int marker;
  private int set;
  private long bytes;
  private int timeMarker = Mutation.NO_MARKER;

  /** Nothing bound yet. */
  public MutationBuilder(TableSpec table, PreparedStatement statement) {
    this.table = table;
    this.builder = statement.boundStatementBuilder();
  }

  /** Binds a write time in microseconds that stays. */
  public void timestamp(long micros) {
    set++;
    builder = builder.setLong(marker++, micros);
  }

  /** Binds a write time in microseconds, in place of which a later one may be sent. */
  public void movableTimestamp(long micros) {
    timeMarker = marker;
    timestamp(micros);
  }

  /** Binds a time to live. */
  public void ttl(int seconds) {
    set++;
    builder = builder.setInt(marker++, seconds);
  }

  /** Binds a value. */
  public void cell(ByteBuffer cell) {
    builder = builder.setBytesUnsafe(marker++, cell);
    set++;
    bytes += cell.remaining();
  }

  /**
   * Binds a value of the primary key.
   *
   * @param column its name, for the error
   * @throws ConnectorException INVALID_VALUE when it is null
   */
  public void key(@Nullable ByteBuffer cell, String column) {
    if (cell == null) {
      throw new RowErrors(table).nullKey(column);
    }
    cell(cell);
  }

  /** Binds null, which deletes a cell. */
  public void tombstone() {
    builder = builder.setToNull(marker++);
  }

  /** Leaves a marker without a value, and its cell as it is. */
  public void unset() {
    marker++;
  }

  /**
   * The mutation.
   *
   * @param row what it sets, or null when the statement brings its own write time
   */
  public Mutation build(@Nullable RowKey row, Repetition repetition) {
    BoundStatement bound = builder.build();
    ByteBuffer partition = bound.getRoutingKey();
    if (partition == null) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: the server did not tell which markers make the partition key. Use protocol version 4 or later."
              .formatted(table.displayName()));
    }
    return new Mutation(
        List.of(bound),
        partition,
        row,
        Mutation.Size.of(marker, set, bytes),
        repetition,
        timeMarker);
  }
}
