// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.delete.DeleteSelection;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.List;

/**
 * Texts of {@code DELETE} statements; every value is a positional bind marker. A deletion has no
 * time to live, so that of the {@code USING} clause only the write time counts. Its marker is the
 * first one.
 */
public final class DeleteQuery {
  private DeleteQuery() {}

  /**
   * Deletes all rows of a key: {@code DELETE FROM … USING TIMESTAMP ? WHERE a=? AND b=?}.
   *
   * @param key the partition key's columns, and clustering columns from the first on
   */
  public static String ofRows(TableSpec table, Using using, List<String> key) {
    return started(table, using, List.of()).where(equal(key)).asCql();
  }

  /** Deletes cells: {@code DELETE s,t FROM … USING TIMESTAMP ? WHERE a=?}. */
  public static String ofCells(TableSpec table, Using using, List<String> cells, List<String> key) {
    return started(table, using, cells).where(equal(key)).asCql();
  }

  /**
   * Deletes rows by restrictions besides the partition key: {@code DELETE FROM … WHERE a=? AND b IN
   * ?}. The markers are the write time, the partition key, then the restrictions.
   */
  public static String ofSlice(TableSpec table, Using using, List<Restriction> restrictions) {
    return started(table, using, List.of())
        .where(equal(table.partitionKey().stream().map(ColumnSpec::name).toList()))
        .where(restrictions.stream().map(Restriction::relation).toList())
        .asCql();
  }

  private static DeleteSelection started(TableSpec table, Using using, List<String> cells) {
    DeleteSelection selection = QueryBuilder.deleteFrom(id(table.keyspace()), id(table.table()));
    for (String cell : cells) {
      selection = selection.column(id(cell));
    }
    return using.timestamp() ? selection.usingTimestamp(bindMarker()) : selection;
  }

  private static List<Relation> equal(List<String> columns) {
    return columns.stream()
        .map(column -> Relation.column(id(column)).isEqualTo(bindMarker()))
        .toList();
  }

  private static CqlIdentifier id(String name) {
    return CqlIdentifier.fromInternal(name);
  }
}
