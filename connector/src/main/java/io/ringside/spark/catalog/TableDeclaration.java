// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.expressions.Transform;

/**
 * A table to be made, as Spark declares it. Driver only.
 *
 * @param partitions its {@code PARTITIONED BY} and {@code CLUSTERED BY}
 * @param properties table options and what else {@link CreateTable} reads
 * @param primaryKey the columns of {@code PRIMARY KEY}, which Spark has since 4.1; empty without
 * @param foreignConstraints other constraints as errors name them; a table with any is refused
 */
public record TableDeclaration(
    List<Column> columns,
    List<Transform> partitions,
    Map<String, String> properties,
    List<String> primaryKey,
    List<String> foreignConstraints) {
  /** Copies the lists. */
  public TableDeclaration {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
    properties = Map.copyOf(properties);
    primaryKey = List.copyOf(primaryKey);
    foreignConstraints = List.copyOf(foreignConstraints);
  }

  /** A table without constraints. */
  public static TableDeclaration of(
      Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return new TableDeclaration(
        List.of(columns), List.of(partitions), properties, List.of(), List.of());
  }
}
