// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.config.NullHandling;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CellEncoder;
import io.ringside.spark.types.CellEncoders;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.RequestKind;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Turns Spark rows into statements: each cell is encoded once, straight to the bytes that go on the
 * wire, and all are set on one statement. One per task.
 */
final class RowBinder implements RowToMutation {
  private final WriteJob job;
  private final RowErrors errors;
  private final Form row;
  private final @Nullable Form staticRow;
  private final int[] clustering;
  private final int[] regular;
  private final boolean nullsAreTombstones;

  /**
   * Prepares statements.
   *
   * @param row writes a row
   * @param staticRow writes a row without clustering columns, or null when there is none
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses them
   * @throws ConnectorException when a value does not fit the condition that it is used in
   */
  RowBinder(WriteJob job, RowStatement row, @Nullable RowStatement staticRow, Preparer preparer) {
    this.job = job;
    this.errors = new RowErrors(job.table());
    this.nullsAreTombstones = job.write().rows().nulls() == NullHandling.TOMBSTONE;
    this.row = new Form(row, preparer);
    this.staticRow = staticRow == null ? null : new Form(staticRow, preparer);
    this.clustering = ordinals(row, ColumnKind.CLUSTERING);
    this.regular = ordinals(row, ColumnKind.REGULAR);
  }

  private static int[] ordinals(RowStatement statement, ColumnKind kind) {
    return statement.markers().stream()
        .filter(marker -> marker.isOf(kind))
        .mapToInt(Marker::ordinal)
        .toArray();
  }

  @Override
  public Mutation of(InternalRow values) {
    Form form = staticRow != null && areNull(values, clustering) ? staticRow : row;
    if (form == staticRow && !areNull(values, regular)) {
      throw errors.nullClustering();
    }
    return form.bind(values);
  }

  private static boolean areNull(InternalRow values, int[] ordinals) {
    for (int ordinal : ordinals) {
      if (!values.isNullAt(ordinal)) {
        return false;
      }
    }
    return true;
  }

  /** One of the plan's statements, prepared. */
  private final class Form {
    private final BoundStatement statement;
    private final Marker[] markers;
    private final CellEncoder[] encoders;
    private final RowKeys keys;

    Form(RowStatement text, Preparer preparer) {
      this.statement = preparer.prepare(text.cql()).bind();
      this.markers = text.markers().toArray(Marker[]::new);
      this.keys = new RowKeys(text.markers());
      this.encoders = new CellEncoder[markers.length];
      for (int i = 0; i < markers.length; i++) {
        encoders[i] = encoder(i);
      }
    }

    private CellEncoder encoder(int i) {
      Marker marker = markers[i];
      if (marker.role() == Role.TTL) {
        return TimeEncoders.ttl(job, marker.ordinal());
      } else if (marker.role() == Role.TIMESTAMP) {
        return TimeEncoders.writeTime(job, marker.ordinal());
      }
      StructField field = job.input().fields()[marker.ordinal()];
      ColumnSpec column = marker.column();
      if (column == null) {
        DataType type = statement.getType(i);
        column = ColumnSpec.of(field.name(), type, ColumnKind.REGULAR);
      }
      return CellEncoders.of(column, field.dataType(), job.write().rows().zone());
    }

    Mutation bind(InternalRow values) {
      @Nullable ByteBuffer[] cells = new @Nullable ByteBuffer[encoders.length];
      for (int i = 0; i < encoders.length; i++) {
        cells[i] = encoders[i].encode(values, markers[i].ordinal());
      }
      RowKey key = keys.of(cells);
      MutationBuilder builder = new MutationBuilder(job.table(), statement);
      for (int i = 0; i < cells.length; i++) {
        Marker marker = markers[i];
        ByteBuffer cell = cells[i];
        if (keys.repeatsStatics() && marker.isOf(ColumnKind.STATIC) && marker.role() == Role.CELL) {
          builder.unset();
        } else if (cell != null) {
          builder.cell(cell);
        } else if (marker.role() == Role.KEY) {
          throw errors.nullKey(job.input().fieldNames()[marker.ordinal()]);
        } else if (bindsNull(marker.role())) {
          builder.tombstone();
        } else {
          builder.unset();
        }
      }
      return builder.build(key, job.repetition());
    }
  }

  /**
   * Else the marker stays unset. Cassandra takes no unset value where it adds to a list, and there
   * a null adds nothing; but no null for a counter, where an unset value adds nothing.
   */
  private boolean bindsNull(Role role) {
    return switch (role) {
      case CELL -> nullsAreTombstones;
      case CHANGE -> job.send().kind() != RequestKind.COUNTERS;
      case CONDITION -> true;
      case KEY, TTL, TIMESTAMP -> false;
    };
  }
}
