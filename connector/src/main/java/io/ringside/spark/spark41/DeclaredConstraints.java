// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark41;

import io.ringside.spark.catalog.TableDeclaration;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.constraints.Constraint;
import org.apache.spark.sql.connector.catalog.constraints.PrimaryKey;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;

/**
 * Primary keys as Spark's constraints. Cassandra keeps no name of one, and a second row of a key
 * replaces the first: so it is never violated, but not enforced in Spark's sense. Pure. Driver
 * only.
 */
public final class DeclaredConstraints {
  private static final String NAME = "primary_key";

  private DeclaredConstraints() {}

  /** The primary key of a table that exists. */
  public static Constraint[] of(TableSpec table) {
    NamedReference[] columns =
        Stream.concat(table.partitionKey().stream(), table.clusteringColumns().stream())
            .map(ColumnSpec::sparkReference)
            .map(Expressions::column)
            .toArray(NamedReference[]::new);
    if (columns.length == 0) {
      return new Constraint[0];
    }
    PrimaryKey.Builder key = Constraint.primaryKey(NAME, columns);
    key.enforced(false);
    key.rely(true);
    key.validationStatus(Constraint.ValidationStatus.VALID);
    return new Constraint[] {key.build()};
  }

  /** A table to be made, with its constraints. */
  public static TableDeclaration declaration(TableInfo table) {
    return declaration(table, table.properties());
  }

  /**
   * A table to be made like another, whose columns and constraints Spark has copied but not its
   * properties.
   */
  public static TableDeclaration declaration(TableInfo table, Table like) {
    Map<String, String> properties = new HashMap<>(like.properties());
    properties.putAll(table.properties());
    return declaration(table, properties);
  }

  private static TableDeclaration declaration(TableInfo table, Map<String, String> properties) {
    List<String> primaryKey = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof PrimaryKey key && primaryKey.isEmpty()) {
        Arrays.stream(key.columns())
            .map(column -> String.join(".", column.fieldNames()))
            .forEach(primaryKey::add);
      } else {
        others.add(constraint.toDDL());
      }
    }
    return new TableDeclaration(
        List.of(table.columns()), List.of(table.partitions()), properties, primaryKey, others);
  }
}
