// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;

/** Why a row cannot be written to a table, in words. On executors. */
public record RowErrors(TableSpec table) {

  /**
   * A row has no value for a part of its key.
   *
   * @param field name of the column in the data
   */
  public ConnectorException nullKey(String field) {
    return cannotWrite(
        "column '%s' is part of the primary key but null in a row".formatted(field),
        "Filter such rows out, or give the column a value");
  }

  /** A row has regular columns and no clustering columns. */
  public ConnectorException nullClustering() {
    return cannotWrite(
        "the clustering columns are null in a row that sets more than static columns",
        "Give them values, or leave the other columns null");
  }

  private ConnectorException cannotWrite(String reason, String advice) {
    return new ConnectorException(
        ErrorCode.INVALID_VALUE,
        "Cannot write to %s: %s. %s.".formatted(table.displayName(), reason, advice));
  }
}
