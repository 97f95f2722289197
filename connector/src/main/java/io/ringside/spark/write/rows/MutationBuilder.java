// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.frame.EncodedStatement;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds the markers of a statement one after another, for one mutation after another. One per
 * statement and task.
 */
public final class MutationBuilder {
  private final TableSpec table;
  private final BoundStatement unbound;
  private final MarkerValues values;
  private final int[] partitionKey;
  private int timeMarker = Mutation.NO_MARKER;

  /**
   * Nothing bound yet.
   *
   * @param unbound the prepared statement without values, which mutations share
   */
  public MutationBuilder(TableSpec table, BoundStatement unbound) {
    this.table = table;
    this.unbound = unbound;
    this.values = new MarkerValues(unbound.size());
    this.partitionKey =
        unbound.getPreparedStatement().getPartitionKeyIndices().stream()
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Binds a write time in microseconds that stays. */
  public void timestamp(long micros) {
    values.addLong(micros);
  }

  /** Binds a write time in microseconds, in place of which a later one may be sent. */
  public void movableTimestamp(long micros) {
    timeMarker = values.count();
    values.addLong(micros);
  }

  /** Binds a time to live. */
  public void ttl(int seconds) {
    values.addInt(seconds);
  }

  /** Binds a value. */
  public void cell(ByteBuffer cell) {
    values.add(cell);
  }

  /**
   * Binds a value of the primary key.
   *
   * @param column its name, for the error
   * @throws InvalidInputException INVALID_VALUE when it is null
   */
  public void key(@Nullable ByteBuffer cell, String column) {
    if (cell == null) {
      throw new RowErrors(table).nullKey(column);
    }
    values.add(cell);
  }

  /** Binds null, which deletes a cell. */
  public void tombstone() {
    values.addNull();
  }

  /** Leaves a marker without a value, and its cell as it is. */
  public void unset() {
    values.addUnset();
  }

  /** Where the values go that are bound straight from a row. */
  MarkerValues values() {
    return values;
  }

  /**
   * The mutation; then nothing is bound any more.
   *
   * @param row what it sets, or null when the statement brings its own write time
   */
  public Mutation build(@Nullable RowKey row, Repetition repetition) {
    return build(values.seal(), row, repetition);
  }

  /** As above, of values that have been sealed. */
  Mutation build(byte[] sealed, @Nullable RowKey row, Repetition repetition) {
    ByteBuffer partition = partition();
    if (partition == null) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: the server did not say which markers make the partition key. Use protocol version 4 or later."
              .formatted(table.displayName()));
    }
    Mutation mutation =
        new Mutation(
            List.of(EncodedStatement.of(unbound, sealed, partition)),
            partition,
            row,
            Mutation.Size.of(values.count(), values.bytes()),
            repetition,
            timeMarker);
    values.clear();
    timeMarker = Mutation.NO_MARKER;
    return mutation;
  }

  /**
   * The bytes of the partition key; null when the server did not send the positions of its markers.
   */
  private @Nullable ByteBuffer partition() {
    if (partitionKey.length == 1) {
      return values.view(partitionKey[0]);
    }
    ByteBuffer[] parts = new ByteBuffer[partitionKey.length];
    for (int i = 0; i < parts.length; i++) {
      ByteBuffer part = values.view(partitionKey[i]);
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
      key.putShort((short) part.remaining()).put(part).put((byte) 0);
    }
    return key.flip();
  }
}
