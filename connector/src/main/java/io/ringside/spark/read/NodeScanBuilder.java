// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Builds the scan of a table that each node has its own of. Driver only; one per query. */
public final class NodeScanBuilder implements ScanBuilder, SupportsPushDownRequiredColumns {
  private final TableSpec table;
  private final ConnectorConfig config;
  private StructType required;

  /**
   * A scan of all columns, until Spark asks for fewer.
   *
   * @param schema the table's Spark schema
   */
  public NodeScanBuilder(TableSpec table, StructType schema, ConnectorConfig config) {
    this.table = table;
    this.config = config;
    this.required = schema;
  }

  @Override
  public void pruneColumns(StructType wanted) {
    required = wanted;
  }

  @Override
  public Scan build() {
    String option = config.read().push().optionOfRows();
    if (option != null) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot read %s: option '%s' is for tables of the token ring. Remove it."
              .formatted(table.displayName(), option));
    }
    return new NodeScan(table, required, config);
  }
}
