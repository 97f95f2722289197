// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.RequestKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into mutations that replace their partitions. As all rows have one write time, of
 * several that follow one another with one key the last is written alone: else Cassandra would keep
 * the greater value of each cell. Requests that set lists have later and later write times, and
 * need none of that. One per task, used by its thread.
 */
final class PartitionReplacer implements RowToMutation {
  private final RowToMutation rows;
  private final boolean haveOneTime;
  private final List<ColumnSpec> key;
  private final int[] ordinals;
  private final CellEncoder[] encoders;
  private final MutationBuilder deletions;
  private final long micros;
  private ByteBuffer partition = RowKey.NONE;
  private @Nullable BoundStatement deletion;
  private @Nullable Mutation held;

  /**
   * Replaces the partitions of rows.
   *
   * @param rows writes them
   * @param deletions binds the write time of deletions, then the partition key
   * @param micros that write time, microseconds since the epoch
   */
  PartitionReplacer(WriteJob job, RowToMutation rows, MutationBuilder deletions, long micros) {
    StructType input = job.input();
    this.rows = rows;
    this.deletions = deletions;
    this.micros = micros;
    this.haveOneTime = job.send().kind() == RequestKind.UPSERTS;
    this.key = job.table().partitionKey();
    this.ordinals = key.stream().mapToInt(column -> input.fieldIndex(column.name())).toArray();
    this.encoders = new CellEncoder[ordinals.length];
    for (int i = 0; i < ordinals.length; i++) {
      encoders[i] =
          CellEncoders.of(key.get(i), input.fields()[ordinals[i]].dataType(), job.write().rows());
    }
  }

  @Override
  public @Nullable Mutation of(InternalRow row) {
    Mutation mutation = Objects.requireNonNull(rows.of(row));
    Mutation next = mutation.after(deletion(mutation.partition(), row));
    if (!haveOneTime) {
      return next;
    }
    Mutation before = held;
    held = next;
    return before == null || setSameRow(before, next) ? null : before;
  }

  @Override
  public @Nullable Mutation last() {
    Mutation last = held;
    held = null;
    return last;
  }

  private static boolean setSameRow(Mutation one, Mutation other) {
    return one.partition().equals(other.partition()) && clustering(one).equals(clustering(other));
  }

  private static ByteBuffer clustering(Mutation mutation) {
    return Objects.requireNonNull(mutation.row()).clustering();
  }

  /** Rows of a partition follow one another: they share the statement. */
  private BoundStatement deletion(ByteBuffer wanted, InternalRow row) {
    BoundStatement known = deletion;
    if (known == null || !wanted.equals(partition)) {
      deletions.timestamp(micros);
      for (int i = 0; i < ordinals.length; i++) {
        deletions.key(encoders[i].encode(row, ordinals[i]), key.get(i).name());
      }
      known = deletions.build(null, Repetition.SAME).statements().get(0);
      deletion = known;
      partition = wanted;
    }
    return known;
  }
}
