// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;

/** Binds the markers of a statement one after another. One per mutation. */
final class MutationBuilder {
  private final TableSpec table;
  private BoundStatementBuilder builder;
  private int marker;
  private int bytes;

  /** Nothing bound yet. */
  MutationBuilder(TableSpec table, PreparedStatement statement) {
    this.table = table;
    this.builder = statement.boundStatementBuilder();
  }

  /** Binds a write time in microseconds. */
  void timestamp(long micros) {
    builder = builder.setLong(marker++, micros);
  }

  /** Binds a time to live. */
  void ttl(int seconds) {
    builder = builder.setInt(marker++, seconds);
  }

  /** Binds a value. */
  void cell(ByteBuffer cell) {
    builder = builder.setBytesUnsafe(marker++, cell);
    bytes += cell.remaining();
  }

  /** Binds null, which deletes a cell. */
  void tombstone() {
    builder = builder.setToNull(marker++);
  }

  /** Leaves a marker without a value, and its cell as it is. */
  void unset() {
    marker++;
  }

  /** The mutation. */
  Mutation build() {
    BoundStatement bound = builder.build();
    ByteBuffer partition = bound.getRoutingKey();
    if (partition == null) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: the server did not tell which markers make the partition key. Use protocol version 4 or later."
              .formatted(table.displayName()));
    }
    return new Mutation(bound, partition, bytes);
  }
}
