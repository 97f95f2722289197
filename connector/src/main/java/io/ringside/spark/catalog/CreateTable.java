// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.cql.ClusteringColumn;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.types.CqlDefaults;
import io.ringside.spark.types.CqlKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code CREATE TABLE}: from Spark's columns, partitioning and table properties to CQL, with all
 * problems reported in one error. Pure. Driver only; one per statement.
 */
final class CreateTable {
  /** Starts the table properties that define a column; the rest is its name exactly as stored. */
  static final String TYPE_PREFIX = "cql.type.";

  /** What Spark itself puts among the properties and Cassandra has no place for. */
  private static final Set<String> SPARK_OWN =
      Set.of(TableCatalog.PROP_OWNER, TableCatalog.PROP_PROVIDER, "collation");

  private static final Logger LOG = LoggerFactory.getLogger(CreateTable.class);

  private final String keyspace;
  private final String table;
  private final Map<String, String> properties;
  private final Problems problems;

  private final Function<CqlIdentifier, @Nullable UserDefinedType> userTypes;

  private CreateTable(
      Identifier identifier,
      Map<String, String> properties,
      Function<CqlIdentifier, @Nullable UserDefinedType> userTypes) {
    this.keyspace = identifier.namespace()[0];
    this.table = identifier.name();
    this.properties = new TreeMap<>(properties);
    this.userTypes = userTypes;
    this.problems = new Problems("create table %s.%s".formatted(keyspace, table));
  }

  /**
   * The statement that makes the table.
   *
   * @param identifier of one keyspace
   * @param userTypes that keyspace's user-defined types by name
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  static String cql(
      Identifier identifier,
      TableDeclaration table,
      Function<CqlIdentifier, @Nullable UserDefinedType> userTypes) {
    return new CreateTable(identifier, resolved(table), userTypes).cql(table);
  }

  /** The properties, those that define a column under the column's declared name. */
  private static Map<String, String> resolved(TableDeclaration table) {
    List<String> columns = table.columns().stream().map(Column::name).toList();
    Map<String, String> resolved = new TreeMap<>();
    table
        .properties()
        .forEach(
            (property, value) ->
                resolved.put(
                    property.startsWith(TYPE_PREFIX)
                        ? TYPE_PREFIX
                            + table
                                .names()
                                .resolve(property.substring(TYPE_PREFIX.length()), columns)
                        : property,
                    value));
    return resolved;
  }

  private String cql(TableDeclaration declared) {
    KeyDefinition key = KeyDefinition.of(declared, problems);
    List<ColumnDefinition> definitions = definitions(declared, key);
    checkKey(definitions, declared.columns(), key);
    checkOthers(definitions, key);
    declared
        .foreignConstraints()
        .forEach(
            constraint ->
                problems.add(
                    "Cassandra has no constraint '%s'; of constraints, only a PRIMARY KEY has a"
                        + " meaning",
                    constraint));
    List<String> options = options(declared.columns());
    problems.failIfAny();
    if (!key.clustering().isEmpty()) {
      options.add(0, "CLUSTERING ORDER BY (" + ClusteringColumn.text(key.clustering()) + ')');
    }
    String body = definitions.stream().map(ColumnDefinition::cql).collect(Collectors.joining(", "));
    return "CREATE TABLE %s (%s, %s)%s"
        .formatted(
            CqlText.name(keyspace, table),
            body,
            key.cql(),
            options.isEmpty() ? "" : " WITH " + String.join(" AND ", options));
  }

  private List<ColumnDefinition> definitions(TableDeclaration declared, KeyDefinition key) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    for (Column column : declared.columns()) {
      boolean isKey = key.columns().contains(column.name());
      if (!column.nullable() && !isKey) {
        problems.add(
            "column '%s' is NOT NULL but not part of the primary key, where Cassandra allows nulls",
            column.name());
      }
      try {
        definitions.add(
            ColumnDefinition.of(
                column.name(),
                column.dataType(),
                definition(declared, column, key),
                isKey,
                userTypes));
      } catch (IllegalArgumentException e) {
        String advice =
            CqlDefaults.hasChoice(column.dataType())
                ? "; its CQL type may be said by COMMENT 'cql: <type>' or the table property '%s%s'"
                    .formatted(TYPE_PREFIX, column.name())
                : "";
        problems.add("column '%s': %s%s", column.name(), e.getMessage(), advice);
      }
    }
    return definitions;
  }

  /**
   * What is said of a column's CQL type. That a column of a query's table is static there says
   * nothing of a table where it cannot be.
   */
  private @Nullable String definition(TableDeclaration declared, Column column, KeyDefinition key) {
    String property = properties.get(TYPE_PREFIX + column.name());
    String comment = ColumnDefinition.ofComment(column.comment());
    boolean canBeStatic = !key.clustering().isEmpty() && !key.columns().contains(column.name());
    if (comment != null && declared.origin() == TableDeclaration.Origin.QUERY && !canBeStatic) {
      comment = ColumnDefinition.withoutStatic(comment);
    }
    if (column.comment() != null && comment == null) {
      LOG.warn(
          "The comment of column {} of {} is not kept: Cassandra has no place for it.",
          column.name(),
          table);
    }
    return property == null ? comment : property;
  }

  private void checkKey(
      List<ColumnDefinition> definitions, List<Column> columns, KeyDefinition key) {
    Set<String> seen = new HashSet<>();
    List<String> names = columns.stream().map(Column::name).toList();
    for (String name : key.columns()) {
      if (!names.contains(name)) {
        problems.add("the primary key names '%s' but the columns are %s", name, names);
      } else if (!seen.add(name)) {
        problems.add("the primary key names '%s' twice", name);
      }
    }
    for (ColumnDefinition column : definitions) {
      if (!key.columns().contains(column.name())) {
        continue;
      }
      if (FrozenTypes.isMultiCell(column.type())) {
        problems.add(
            "column '%s' is part of the primary key, so its type must be frozen", column.name());
      }
      if (!CqlKind.of(column.type()).mayBeKey()) {
        problems.add(
            "column '%s' is part of the primary key, which cannot hold a %s",
            column.name(), column.type());
      }
      if (column.isStatic()) {
        problems.add(
            "column '%s' is part of the primary key, so it cannot be static", column.name());
      }
    }
  }

  private void checkOthers(List<ColumnDefinition> definitions, KeyDefinition key) {
    List<String> counters = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (ColumnDefinition column : definitions) {
      if (!key.columns().contains(column.name())) {
        (column.type().equals(DataTypes.COUNTER) ? counters : values).add(column.name());
      }
      if (column.isStatic() && key.clustering().isEmpty()) {
        problems.add(
            "column '%s' is static, which means one value for all rows of a partition, but there"
                + " are no clustering columns; add the table property %s",
            column.name(), KeyDefinition.PROPERTY);
      }
    }
    if (!counters.isEmpty() && !values.isEmpty()) {
      problems.add(
          "columns %s are counters and %s are not; a table has one or the other besides its key",
          counters, values);
    }
  }

  private List<String> options(List<Column> columns) {
    List<String> options = new ArrayList<>();
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    properties.forEach(
        (property, value) -> {
          TableOption option = TableOption.named(property);
          if (option != null) {
            addAssignment(options, option, value);
          } else if (property.startsWith(TYPE_PREFIX)) {
            if (!names.contains(property.substring(TYPE_PREFIX.length()))) {
              problems.add("the table property '%s' is of no column", property);
            }
          } else {
            checkForeign(property, value);
          }
        });
    return options;
  }

  private void addAssignment(List<String> options, TableOption option, String value) {
    try {
      options.add(option.assignment(value));
    } catch (IllegalArgumentException e) {
      problems.add("the table property '%s': %s", option.property(), e.getMessage());
    }
  }

  private void checkForeign(String property, String value) {
    if (property.equals(TableCatalog.PROP_PROVIDER) && !value.equalsIgnoreCase("cassandra")) {
      problems.add(
          "USING %s makes no Cassandra table; leave it out, or write .format(\"cassandra\") in a program, where Spark puts its default",
          value);
    } else if (property.equals(TableCatalog.PROP_LOCATION)) {
      problems.add("Cassandra tables have no LOCATION; leave it out");
    } else if (!SPARK_OWN.contains(property) && !property.equals(KeyDefinition.PROPERTY)) {
      problems.add(unknown(property));
    }
  }

  /** Reports an unknown table property. */
  static String unknown(String property) {
    List<String> known = new ArrayList<>(List.of(KeyDefinition.PROPERTY));
    for (TableOption option : TableOption.values()) {
      known.add(option.property());
    }
    List<String> nearest = NearestNames.nearest(known, property.toLowerCase(Locale.ROOT));
    String hint =
        nearest.isEmpty()
            ? "known are " + String.join(", ", known) + " and " + TYPE_PREFIX + "<column>"
            : "did you mean '" + nearest.get(0) + "'";
    return "'%s' is not a table property; %s".formatted(property, hint);
  }
}
