// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.select.Select;
import com.datastax.oss.driver.api.querybuilder.select.Selector;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.List;

/**
 * Texts of {@code SELECT} statements. Every value is a positional bind marker: one text serves all
 * token ranges of a scan, both ends of the ring included.
 */
public final class SelectQuery {
  private SelectQuery() {}

  /**
   * Rows of a token range: {@code … WHERE token(pk) > ? AND token(pk) <= ?}. The markers are the
   * range's start (exclusive) and end (inclusive).
   *
   * @param columns names of the columns to read, in this order, at least one
   */
  public static String tokenRange(TableSpec table, List<String> columns) {
    List<CqlIdentifier> key =
        table.partitionKey().stream()
            .map(ColumnSpec::name)
            .map(CqlIdentifier::fromInternal)
            .toList();
    Select select =
        QueryBuilder.selectFrom(
                CqlIdentifier.fromInternal(table.keyspace()),
                CqlIdentifier.fromInternal(table.table()))
            .selectors(columns.stream().map(SelectQuery::column).toList())
            .where(
                Relation.tokenFromIds(key).isGreaterThan(bindMarker()),
                Relation.tokenFromIds(key).isLessThanOrEqualTo(bindMarker()));
    return select.asCql();
  }

  private static Selector column(String name) {
    return Selector.column(CqlIdentifier.fromInternal(name));
  }
}
