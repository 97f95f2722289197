// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a list of the rows of which nobody knows whether they were written, so that a user can
 * compare them with the data and go on: a statement for each that reads it. On executors, in their
 * log.
 */
final class UnknownOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownOutcomes.class);

  private UnknownOutcomes() {}

  /** Logs the rows of a batch. */
  static void log(TableSpec table, Batch batch) {
    for (String statement : statements(table, batch)) {
      LOG.warn("Unknown outcome of a write to {}: {}", table.displayName(), statement);
    }
  }

  /** A statement for each row of a batch, with its key in it. */
  static List<String> statements(TableSpec table, Batch batch) {
    List<String> statements = new ArrayList<>();
    for (Mutation mutation : batch.mutations()) {
      statements.add(
          "SELECT * FROM %s.%s WHERE %s;"
              .formatted(
                  CqlIdentifier.fromInternal(table.keyspace()).asCql(true),
                  CqlIdentifier.fromInternal(table.table()).asCql(true),
                  String.join(" AND ", conditions(table, mutation.statements().get(0)))));
    }
    return statements;
  }

  private static List<String> conditions(TableSpec table, BoundStatement statement) {
    List<String> conditions = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      CqlIdentifier name = CqlIdentifier.fromInternal(column.name());
      int marker = statement.getPreparedStatement().getVariableDefinitions().firstIndexOf(name);
      if (column.kind().isPrimaryKey() && marker >= 0 && statement.isSet(marker)) {
        TypeCodec<Object> codec = statement.codecRegistry().codecFor(column.type());
        Object value = codec.decode(statement.getBytesUnsafe(marker), statement.protocolVersion());
        conditions.add(name.asCql(true) + " = " + codec.format(value));
      }
    }
    return conditions;
  }
}
