// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.select.Selector;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;

/** The text of the query that takes a sample of a token range. */
public final class SampleQuery {
  private SampleQuery() {}

  /**
   * The first rows of a token range: their token, then all columns. The markers are the range's
   * start (exclusive) and end (inclusive).
   *
   * @param rows at most so many
   */
  public static String of(TableSpec table, int rows) {
    List<CqlIdentifier> key = new ArrayList<>();
    List<Selector> keySelectors = new ArrayList<>();
    for (ColumnSpec column : table.partitionKey()) {
      CqlIdentifier id = CqlIdentifier.fromInternal(column.name());
      key.add(id);
      keySelectors.add(Selector.column(id));
    }
    List<Selector> selectors = new ArrayList<>();
    selectors.add(Selector.function(CqlIdentifier.fromInternal("token"), keySelectors));
    for (ColumnSpec column : table.columns()) {
      selectors.add(Selector.column(CqlIdentifier.fromInternal(column.name())));
    }
    return QueryBuilder.selectFrom(
            CqlIdentifier.fromInternal(table.keyspace()), CqlIdentifier.fromInternal(table.table()))
        .selectors(selectors)
        .where(
            Relation.tokenFromIds(key).isGreaterThan(QueryBuilder.bindMarker()),
            Relation.tokenFromIds(key).isLessThanOrEqualTo(QueryBuilder.bindMarker()))
        .limit(rows)
        .asCql();
  }
}
