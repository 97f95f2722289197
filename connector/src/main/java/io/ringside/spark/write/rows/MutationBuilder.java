// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.frame.EncodedStatement;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the markers of a statement one after another. One per mutation. */
public final class MutationBuilder {
  private final TableSpec table;
  private final BoundStatement unbound;
  private final @Nullable ByteBuffer[] values;
  private int marker;
  private int set;
  private long bytes;
  private int timeMarker = Mutation.NO_MARKER;

  /**
   * Nothing bound yet.
   *
   * @param unbound the prepared statement without values, which mutations share
   */
  public MutationBuilder(TableSpec table, BoundStatement unbound) {
    this.table = table;
    this.unbound = unbound;
    this.values = new @Nullable ByteBuffer[unbound.size()];
    Arrays.fill(values, ProtocolConstants.UNSET_VALUE);
  }

  /** Binds a write time in microseconds that stays. */
  public void timestamp(long micros) {
    set++;
    values[marker++] = ByteBuffer.allocate(Long.BYTES).putLong(0, micros);
  }

  /** Binds a write time in microseconds, in place of which a later one may be sent. */
  public void movableTimestamp(long micros) {
    timeMarker = marker;
    timestamp(micros);
  }

  /** Binds a time to live. */
  public void ttl(int seconds) {
    set++;
    values[marker++] = ByteBuffer.allocate(Integer.BYTES).putInt(0, seconds);
  }

  /** Binds a value. */
  public void cell(ByteBuffer cell) {
    values[marker++] = cell;
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
    values[marker++] = null;
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
    ByteBuffer partition = partition();
    if (partition == null) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: the server did not tell which markers make the partition key. Use protocol version 4 or later."
              .formatted(table.displayName()));
    }
    return new Mutation(
        List.of(EncodedStatement.of(unbound, values, partition)),
        partition,
        row,
        Mutation.Size.of(marker, set, bytes),
        repetition,
        timeMarker);
  }

  /** The bytes of the partition key; null when the server did not tell its markers. */
  private @Nullable ByteBuffer partition() {
    List<Integer> key = unbound.getPreparedStatement().getPartitionKeyIndices();
    if (key.size() == 1) {
      return keyPart(key.get(0));
    }
    ByteBuffer[] parts = new ByteBuffer[key.size()];
    for (int i = 0; i < parts.length; i++) {
      ByteBuffer part = keyPart(key.get(i));
      if (part == null) {
        return null;
      }
      parts[i] = part;
    }
    return parts.length == 0 ? null : compose(parts);
  }

  /** Each part after its length of two bytes and before a zero, as Cassandra hashes them. */
  private static ByteBuffer compose(ByteBuffer[] parts) {
    int size = 0;
    for (ByteBuffer part : parts) {
      size += Short.BYTES + part.remaining() + 1;
    }
    ByteBuffer key = ByteBuffer.allocate(size);
    for (ByteBuffer part : parts) {
      key.putShort((short) part.remaining()).put(part.duplicate()).put((byte) 0);
    }
    return key.flip();
  }

  private @Nullable ByteBuffer keyPart(int i) {
    return values[i] == ProtocolConstants.UNSET_VALUE ? null : values[i];
  }
}
