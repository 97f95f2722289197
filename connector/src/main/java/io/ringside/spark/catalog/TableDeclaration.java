// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;

/**
 * A table to be made, as Spark declares it. Driver only.
 *
 * @param partitions its {@code PARTITIONED BY} and {@code CLUSTERED BY}
 * @param properties table options and what else {@link CreateTable} reads
 * @param primaryKey the columns of {@code PRIMARY KEY}, which Spark has since 4.1; empty without
 * @param foreignConstraints other constraints as errors name them; a table with any is refused
 * @param names how the key and the properties name columns
 */
public record TableDeclaration(
    List<Column> columns,
    List<Transform> partitions,
    Map<String, String> properties,
    List<String> primaryKey,
    List<String> foreignConstraints,
    Origin origin,
    NameRule names) {

  /** Where the columns come from. */
  public enum Origin {
    /** The statement lists them. */
    LIST,
    /** They are those of a query, which brings the comments of the tables that it reads. */
    QUERY
  }

  /** Copies the collections. */
  public TableDeclaration {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
    properties = Map.copyOf(properties);
    primaryKey = List.copyOf(primaryKey);
    foreignConstraints = List.copyOf(foreignConstraints);
  }

  /** A table whose columns are listed, by their exact names. */
  public TableDeclaration(
      List<Column> columns,
      List<Transform> partitions,
      Map<String, String> properties,
      List<String> primaryKey,
      List<String> foreignConstraints) {
    this(
        columns,
        partitions,
        properties,
        primaryKey,
        foreignConstraints,
        Origin.LIST,
        NameRule.EXACT);
  }

  /** A table without constraints whose columns are listed. */
  public static TableDeclaration of(
      Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return new TableDeclaration(
        List.of(columns), List.of(partitions), properties, List.of(), List.of());
  }

  /** A table for the rows of a query. */
  public static TableDeclaration ofQuery(
      Column[] columns, Transform[] partitions, Map<String, String> properties) {
    return new TableDeclaration(
        List.of(columns),
        List.of(partitions),
        properties,
        List.of(),
        List.of(),
        Origin.QUERY,
        NameRule.EXACT);
  }

  /**
   * The declaration by the rules of a session.
   *
   * @param defaultFormat the format that Spark names where a program names none; it means nothing
   */
  public TableDeclaration inSession(NameRule rule, String defaultFormat) {
    Map<String, String> said = new HashMap<>(properties);
    said.computeIfPresent(
        TableCatalog.PROP_PROVIDER,
        (property, format) -> format.equalsIgnoreCase(defaultFormat) ? null : format);
    return new TableDeclaration(
        columns, partitions, said, primaryKey, foreignConstraints, origin, rule);
  }
}
