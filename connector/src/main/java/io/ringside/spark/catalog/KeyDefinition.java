// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.cql.ClusteringColumn;
import io.ringside.spark.cql.CqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;

/**
 * The primary key of a table to be made: its partition key from {@code PARTITIONED BY (a, b)}, its
 * clustering key from the property {@link #PROPERTY} or from {@code CLUSTERED BY (c) SORTED BY (c)
 * INTO 1 BUCKETS}. A {@code PRIMARY KEY (a, b, c)} says both: its first column is the partition key
 * as in CQL, or those that {@code PARTITIONED BY} names, and the others are the clustering key.
 * Pure. Driver only.
 *
 * @param partitionKey names exactly as stored, in key order
 */
record KeyDefinition(List<String> partitionKey, List<ClusteringColumn> clustering) {
  /** The table property of the clustering key. */
  static final String PROPERTY = "clustering_key";

  /**
   * Reads the key, adding what is wrong with it to the problems. Its columns have the names that
   * are declared.
   */
  static KeyDefinition of(TableDeclaration table, Problems problems) {
    List<String> declared = table.columns().stream().map(Column::name).toList();
    UnaryOperator<String> resolved = name -> table.names().resolve(name, declared);
    List<String> partitionKey = new ArrayList<>();
    List<ClusteringColumn> clustering = new ArrayList<>();
    for (Transform transform : table.partitions()) {
      switch (transform.name()) {
        case "identity" ->
            columns(List.of(transform.arguments()), problems).stream()
                .map(resolved)
                .forEach(partitionKey::add);
        case "bucket", "sorted_bucket" -> clustering.addAll(bucketed(transform, problems));
        default ->
            problems.add(
                "partitioning '%s' has no counterpart; name columns in PARTITIONED BY and %s",
                transform, PROPERTY);
      }
    }
    List<String> primaryKey = table.primaryKey().stream().map(resolved).toList();
    if (partitionKey.isEmpty() && primaryKey.isEmpty()) {
      problems.add(
          "it has no partition key; add PARTITIONED BY (<column>, …), or from Spark 4.1 on a"
              + " PRIMARY KEY");
    } else if (partitionKey.isEmpty()) {
      partitionKey.add(primaryKey.get(0));
    }
    String property = table.properties().get(PROPERTY);
    List<ClusteringColumn> bucketed = resolved(clustering, resolved);
    List<ClusteringColumn> named =
        property == null ? bucketed : named(property, bucketed, resolved, problems);
    return new KeyDefinition(
        partitionKey,
        primaryKey.isEmpty() ? named : rest(primaryKey, partitionKey, named, problems));
  }

  /** What the primary key has besides the partition key; its order of values may be said apart. */
  private static List<ClusteringColumn> rest(
      List<String> primaryKey,
      List<String> partitionKey,
      List<ClusteringColumn> named,
      Problems problems) {
    List<String> rest = new ArrayList<>(primaryKey);
    for (String column : partitionKey) {
      if (!rest.remove(column)) {
        problems.add(
            "PARTITIONED BY names '%s' but PRIMARY KEY names %s; it names all key columns",
            column, primaryKey);
      }
    }
    if (named.isEmpty()) {
      return rest.stream().map(column -> new ClusteringColumn(column, false)).toList();
    }
    if (!names(named).equals(rest)) {
      problems.add(
          "PRIMARY KEY leaves %s for the clustering key but %s or CLUSTERED BY names %s",
          rest, PROPERTY, names(named));
    }
    return named;
  }

  private static List<ClusteringColumn> resolved(
      List<ClusteringColumn> columns, UnaryOperator<String> resolved) {
    return columns.stream()
        .map(column -> new ClusteringColumn(resolved.apply(column.name()), column.descending()))
        .toList();
  }

  private static List<ClusteringColumn> named(
      String property,
      List<ClusteringColumn> bucketed,
      UnaryOperator<String> resolved,
      Problems problems) {
    try {
      List<ClusteringColumn> named = resolved(ClusteringColumn.parse(property), resolved);
      if (!bucketed.isEmpty() && !names(bucketed).equals(names(named))) {
        problems.add(
            "the property %s names %s but CLUSTERED BY names %s; use one of them",
            PROPERTY, names(named), names(bucketed));
      }
      return named;
    } catch (IllegalArgumentException e) {
      problems.add("the property %s=%s", PROPERTY, e.getMessage());
      return bucketed;
    }
  }

  private static List<ClusteringColumn> bucketed(Transform transform, Problems problems) {
    List<Expression> clustered = new ArrayList<>();
    List<Expression> sorted = new ArrayList<>();
    String buckets = "";
    for (Expression argument : transform.arguments()) {
      if (argument instanceof Literal<?> literal) {
        buckets = String.valueOf(literal.value());
      } else if (transform.name().equals("bucket") || buckets.isEmpty()) {
        clustered.add(argument);
      } else {
        sorted.add(argument);
      }
    }
    if (!buckets.equals("1")) {
      problems.add(
          "CLUSTERED BY names the clustering key, which has no %s buckets; write INTO 1 BUCKETS",
          buckets);
    }
    List<String> names = columns(clustered, problems);
    if (!sorted.isEmpty() && !columns(sorted, problems).equals(names)) {
      problems.add(
          "CLUSTERED BY and SORTED BY name different columns; both are the clustering key");
    }
    return names.stream().map(name -> new ClusteringColumn(name, false)).toList();
  }

  private static List<String> columns(List<Expression> references, Problems problems) {
    List<String> names = new ArrayList<>();
    for (Expression reference : references) {
      if (reference instanceof NamedReference named && named.fieldNames().length == 1) {
        names.add(named.fieldNames()[0]);
      } else {
        problems.add("'%s' is not a column, so it cannot be part of the primary key", reference);
      }
    }
    return names;
  }

  private static List<String> names(List<ClusteringColumn> columns) {
    return columns.stream().map(ClusteringColumn::name).toList();
  }

  /** All columns of the primary key, in key order. */
  List<String> columns() {
    List<String> all = new ArrayList<>(partitionKey);
    all.addAll(names(clustering));
    return all;
  }

  /** {@code PRIMARY KEY ((a, b), c)}. */
  String cql() {
    String partition =
        partitionKey.stream().map(CqlText::name).collect(Collectors.joining(", ", "(", ")"));
    String rest =
        clustering.stream()
            .map(column -> ", " + CqlText.name(column.name()))
            .collect(Collectors.joining());
    return "PRIMARY KEY (" + partition + rest + ')';
  }
}
