// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.config.NullHandling;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.RequestKind;
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
   * @throws InvalidInputException when a value does not fit the condition that it is used in
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
    private final MutationBuilder builder;
    private final Marker[] markers;
    private final CellEncoder[] encoders;
    private final RowKeys keys;

    Form(RowStatement text, Preparer preparer) {
      BoundStatement statement = preparer.prepare(text.cql()).bind();
      this.builder = new MutationBuilder(job.table(), statement);
      this.markers = text.markers().toArray(Marker[]::new);
      this.keys = new RowKeys(text.markers());
      this.encoders = new CellEncoder[markers.length];
      for (int i = 0; i < markers.length; i++) {
        encoders[i] = encoder(i, statement.getType(i));
      }
    }

    private CellEncoder encoder(int i, DataType type) {
      Marker marker = markers[i];
      if (marker.role() == Role.TTL) {
        return TimeEncoders.ttl(job, marker.ordinal());
      } else if (marker.role() == Role.TIMESTAMP) {
        return TimeEncoders.writeTime(job, marker.ordinal());
      }
      StructField field = job.input().fields()[marker.ordinal()];
      ColumnSpec column = marker.column();
      if (column == null) {
        column = ColumnSpec.of(field.name(), type, ColumnKind.REGULAR);
      }
      return CellEncoders.of(column, field.dataType(), job.write().rows());
    }

    Mutation bind(InternalRow row) {
      MarkerValues values = builder.values();
      encode(row, values, false);
      byte[] sealed = values.seal();
      RowKey key = keys.of(values);
      if (keys.repeatsStatics()) {
        values.clear();
        encode(row, values, true);
        sealed = values.seal();
      }
      return builder.build(sealed, key, job.repetition());
    }

    private void encode(InternalRow row, MarkerValues values, boolean withoutStatics) {
      for (int i = 0; i < encoders.length; i++) {
        Marker marker = markers[i];
        if (withoutStatics && marker.isOf(ColumnKind.STATIC) && marker.role() == Role.CELL) {
          values.addUnset();
        } else if (!values.add(encoders[i], row, marker.ordinal())) {
          addNull(values, marker);
        }
      }
    }
  }

  private void addNull(MarkerValues values, Marker marker) {
    if (marker.role() == Role.KEY) {
      throw errors.nullKey(job.input().fieldNames()[marker.ordinal()]);
    } else if (bindsNull(marker.role())) {
      values.addNull();
    } else {
      values.addUnset();
    }
  }

  /**
   * Whether a null is bound as null; otherwise the marker stays unset. An addition to a list
   * rejects an unset value and takes null as nothing; an addition to a counter rejects null and
   * takes an unset value as nothing.
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
