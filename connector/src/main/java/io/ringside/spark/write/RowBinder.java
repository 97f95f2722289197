// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.ringside.spark.config.NullHandling;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CellEncoder;
import io.ringside.spark.types.CellEncoders;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Turns Spark rows into statements: each cell is encoded once, straight to the bytes that go on the
 * wire, and all are set on one statement. One per task.
 */
final class RowBinder {
  private final WritePlan plan;
  private final PreparedStatement statement;
  private final CellEncoder[] encoders;
  private final boolean[] isKey;
  private final boolean nullsAreTombstones;

  RowBinder(WritePlan plan, PreparedStatement statement) {
    this.plan = plan;
    this.statement = statement;
    List<ColumnSpec> columns = plan.columns();
    this.encoders = new CellEncoder[columns.size()];
    this.isKey = new boolean[columns.size()];
    for (int i = 0; i < encoders.length; i++) {
      encoders[i] = CellEncoders.of(columns.get(i), plan.input().fields()[i].dataType());
      isKey[i] = columns.get(i).kind().isPrimaryKey();
    }
    this.nullsAreTombstones = plan.write().nulls() == NullHandling.TOMBSTONE;
  }

  /**
   * A row on its way to the table.
   *
   * @param partition the bytes of its partition key
   * @param bytes of its values
   */
  record BoundRow(BoundStatement statement, ByteBuffer partition, int bytes) {}

  /**
   * Binds a row; nothing of it is kept by reference.
   *
   * @throws ConnectorException when a key column is null or a value does not fit its column
   */
  BoundRow bind(InternalRow row) {
    BoundStatementBuilder builder = statement.boundStatementBuilder();
    int bytes = 0;
    for (int i = 0; i < encoders.length; i++) {
      ByteBuffer cell = encoders[i].encode(row, i);
      if (cell != null) {
        bytes += cell.remaining();
        builder = builder.setBytesUnsafe(i, cell);
      } else if (isKey[i]) {
        throw nullKey(plan.columns().get(i));
      } else if (nullsAreTombstones) {
        builder = builder.setToNull(i);
      }
    }
    Integer ttl = plan.write().ttlSeconds();
    if (ttl != null) {
      builder = builder.setInt(encoders.length, ttl);
    }
    BoundStatement bound = builder.build();
    ByteBuffer partition = bound.getRoutingKey();
    if (partition == null) {
      throw new ConnectorException(
          ErrorCode.WRITE_FAILED,
          "Cannot write to %s: the server did not tell which markers make the partition key. Use protocol version 4 or later."
              .formatted(plan.table().displayName()));
    }
    return new BoundRow(bound, partition, bytes);
  }

  private ConnectorException nullKey(ColumnSpec column) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot write to %s: column '%s' is part of the primary key but null in a row. Filter such rows out, or give the column a value."
            .formatted(plan.table().displayName(), column.name()));
  }
}
