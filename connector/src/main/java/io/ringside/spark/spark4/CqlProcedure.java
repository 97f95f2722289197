// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.catalog.DropProtection;
import io.ringside.spark.catalog.SchemaCql;
import io.ringside.spark.cluster.SchemaChanges;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Permission;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.cql(statement => '…')}: one CQL statement of the schema or of roles, such as {@code
 * CREATE TYPE}, that Spark SQL has no syntax for. Returns when all nodes that are up have applied
 * it. Its rows come as text; a statement without rows has one, {@code applied=1}. Driver only.
 */
final class CqlProcedure extends CatalogProcedure {
  private static final StructType APPLIED =
      new StructType().add("applied", DataTypes.IntegerType, false);

  private static final String STATEMENT = "statement";

  private final Supplier<String> catalogName;
  private final Supplier<ConnectorConfig> config;

  /**
   * The procedure of a catalog.
   *
   * @param catalogName its name, for errors; asked for when the procedure runs
   */
  CqlProcedure(Supplier<String> catalogName, Supplier<ConnectorConfig> config) {
    super(
        "cql",
        "Runs one CQL statement of the schema or of roles.",
        List.of(Parameter.required(STATEMENT)));
    this.catalogName = catalogName;
    this.config = config;
  }

  @Override
  Result run(Arguments arguments) {
    ConnectorConfig catalog = config.get();
    Permission permission = catalog.catalog().cql();
    if (!permission.granted()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot run a CQL statement: this catalog runs none. "
              + permission.advice(catalogName.get()));
    }
    SchemaCql statement =
        SchemaCql.of(
            arguments.required(STATEMENT),
            DropProtection.of(catalog.catalog().drop(), catalogName.get()));
    try (SessionLease lease = Sessions.lease(catalog.connection())) {
      List<Row> rows =
          new SchemaChanges(lease.session())
              .run(statement.displayName(), statement.text(), statement::reason);
      return rows.isEmpty()
          ? new Result(APPLIED, List.of(new GenericInternalRow(new Object[] {1})))
          : result(rows);
    }
  }

  private static Result result(List<Row> rows) {
    StructType schema = new StructType();
    for (ColumnDefinition column : rows.get(0).getColumnDefinitions()) {
      schema = schema.add(column.getName().asInternal(), DataTypes.StringType);
    }
    return new Result(schema, rows.stream().map(CqlProcedure::row).toList());
  }

  private static InternalRow row(Row row) {
    ColumnDefinitions columns = row.getColumnDefinitions();
    Object[] values = new Object[columns.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = UTF8String.fromString(text(row, c));
    }
    return new GenericInternalRow(values);
  }

  /** Text as it is, all else as a CQL literal. */
  private static @Nullable String text(Row row, int column) {
    Object value = row.getObject(column);
    return value == null || value instanceof String
        ? (String) value
        : row.codecRegistry().codecFor(row.getType(column), value).format(value);
  }
}
