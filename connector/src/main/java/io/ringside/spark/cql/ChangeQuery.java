// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.delete.DeleteSelection;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import io.ringside.spark.cql.UpdateQuery.Assignment;
import io.ringside.spark.cql.UpdateQuery.Operator;
import io.ringside.spark.schema.TableSpec;
import java.util.List;

/**
 * Texts of the statements that change single rows. Every value is a positional bind marker, first
 * those of the {@code USING} clause. An {@code INSERT} has its own at the end.
 *
 * @param timestamped whether each statement has its write time as a marker
 * @param expiring whether updates and inserts have a time to live as a marker
 */
public record ChangeQuery(TableSpec table, boolean timestamped, boolean expiring) {

  /**
   * Deletes all rows of a key: {@code DELETE FROM … USING TIMESTAMP ? WHERE a=? AND b=?}.
   *
   * @param key the partition key's columns, and clustering columns from the first on
   */
  public String delete(List<String> key) {
    return started(QueryBuilder.deleteFrom(id(table.keyspace()), id(table.table())))
        .where(equal(key))
        .asCql();
  }

  /** Deletes cells: {@code DELETE s,t FROM … USING TIMESTAMP ? WHERE a=?}. */
  public String deleteCells(List<String> cells, List<String> key) {
    DeleteSelection selection = QueryBuilder.deleteFrom(id(table.keyspace()), id(table.table()));
    for (String cell : cells) {
      selection = selection.column(id(cell));
    }
    return started(selection).where(equal(key)).asCql();
  }

  /**
   * Deletes rows by restrictions besides the partition key: {@code DELETE FROM … WHERE a=? AND b IN
   * ?}. The markers are the write time, the partition key, then the restrictions.
   */
  public String deleteSlice(List<Restriction> restrictions) {
    return started(QueryBuilder.deleteFrom(id(table.keyspace()), id(table.table())))
        .where(equal(table.partitionKey().stream().map(column -> column.name()).toList()))
        .where(restrictions.stream().map(Restriction::relation).toList())
        .asCql();
  }

  private DeleteSelection started(DeleteSelection selection) {
    return timestamped ? selection.usingTimestamp(bindMarker()) : selection;
  }

  /** Sets cells: {@code UPDATE … USING TIMESTAMP ? AND TTL ? SET v=?,w=? WHERE a=?}. */
  public String update(List<String> cells, List<String> key) {
    List<Assignment> assignments =
        cells.stream().map(cell -> new Assignment(cell, Operator.SET)).toList();
    return UpdateQuery.of(table, new Using(timestamped, expiring), assignments, key, null);
  }

  /** Inserts a row: {@code INSERT INTO … (a,b) VALUES (?,?) USING TIMESTAMP ? AND TTL ?}. */
  public String insert(List<String> columns) {
    return InsertQuery.of(table, columns, new Using(timestamped, expiring), false);
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
