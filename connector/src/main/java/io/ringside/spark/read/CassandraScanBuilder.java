// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CellVectors;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Collects what a query wants of a table and builds its scan. Driver only; one per query. */
public final class CassandraScanBuilder implements ScanBuilder, SupportsPushDownRequiredColumns {
  private final TableSpec table;
  private final ConnectorConfig config;
  private StructType required;

  /**
   * A scan of all columns until told otherwise.
   *
   * @param schema the table's Spark schema
   */
  public CassandraScanBuilder(TableSpec table, StructType schema, ConnectorConfig config) {
    this.table = table;
    this.required = schema;
    this.config = config;
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    this.required = requiredSchema;
  }

  /**
   * The scan.
   *
   * @throws ConnectorException UNSUPPORTED_TYPE when a wanted column cannot be read; here, not in a
   *     task
   */
  @Override
  public Scan build() {
    List<ColumnSpec> columns = new ArrayList<>();
    for (StructField field : required.fields()) {
      ColumnSpec column = table.column(field.name());
      if (column == null) {
        throw new IllegalArgumentException(
            "Cannot read column '%s': %s has none of that name."
                .formatted(field.name(), table.displayName()));
      }
      CellVectors.of(column, field.dataType());
      columns.add(column);
    }
    if (columns.isEmpty()) {
      // A count needs no value, but CQL needs a column: a key column is in every row.
      columns.add(table.partitionKey().get(0));
    }
    String cql = SelectQuery.tokenRange(table, columns.stream().map(ColumnSpec::name).toList());
    return new CassandraScan(
        new ScanPlan(table, columns, required, cql, config.connection(), config.read()));
  }
}
