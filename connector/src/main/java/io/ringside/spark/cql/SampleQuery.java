// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.select.SelectFrom;
import com.datastax.oss.driver.api.querybuilder.select.Selector;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;

/** The texts of the queries that take samples of a token range. */
public final class SampleQuery {
  private SampleQuery() {}

  /**
   * The first rows of a token range: their token, then all columns. The markers are the range's
   * start (exclusive) and end (inclusive).
   *
   * @param rows the most rows to return
   */
  public static String of(TableSpec table, int rows) {
    List<Selector> selectors = new ArrayList<>();
    selectors.add(token(table));
    for (ColumnSpec column : table.columns()) {
      selectors.add(Selector.column(CqlIdentifier.fromInternal(column.name())));
    }
    return from(table).selectors(selectors).where(bounds(table)).limit(rows).asCql();
  }

  /** The token of each partition of a token range; markers as above. */
  public static String ofPartitions(TableSpec table) {
    return from(table).distinct().selectors(token(table)).where(bounds(table)).asCql();
  }

  private static SelectFrom from(TableSpec table) {
    return QueryBuilder.selectFrom(
        CqlIdentifier.fromInternal(table.keyspace()), CqlIdentifier.fromInternal(table.table()));
  }

  private static List<CqlIdentifier> key(TableSpec table) {
    return table.partitionKey().stream()
        .map(column -> CqlIdentifier.fromInternal(column.name()))
        .toList();
  }

  private static Selector token(TableSpec table) {
    return Selector.function(
        CqlIdentifier.fromInternal("token"), key(table).stream().map(Selector::column).toList());
  }

  private static List<Relation> bounds(TableSpec table) {
    return List.of(
        Relation.tokenFromIds(key(table)).isGreaterThan(QueryBuilder.bindMarker()),
        Relation.tokenFromIds(key(table)).isLessThanOrEqualTo(QueryBuilder.bindMarker()));
  }
}
