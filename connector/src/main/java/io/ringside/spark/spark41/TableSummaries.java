// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark41;

import java.util.Arrays;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableSummary;

/** Tables as Spark lists them. Pure. Driver only. */
public final class TableSummaries {
  private TableSummaries() {}

  /** All of them as tables that are kept elsewhere, which is what Spark would find by loading. */
  public static TableSummary[] of(Identifier[] tables) {
    return Arrays.stream(tables)
        .map(table -> TableSummary.of(table, TableSummary.FOREIGN_TABLE_TYPE))
        .toArray(TableSummary[]::new);
  }
}
