// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlDefaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER TABLE}: from Spark's changes to one CQL statement, so that Cassandra makes all of
 * them or none. Pure. Driver only; one per statement.
 */
final class AlterTable {
  /** The changes that CQL makes together; it cannot mix them. */
  private enum Kind {
    ADD,
    DROP,
    RENAME,
    WITH
  }

  private final TableSpec table;
  private final Function<CqlIdentifier, @Nullable UserDefinedType> userTypes;
  private final DropProtection protection;
  private final Problems problems;
  private final Map<Kind, List<String>> parts = new LinkedHashMap<>();

  private AlterTable(
      TableSpec table,
      Function<CqlIdentifier, @Nullable UserDefinedType> userTypes,
      DropProtection protection) {
    this.table = table;
    this.userTypes = userTypes;
    this.protection = protection;
    this.problems = new Problems("alter table " + table.displayName());
  }

  /**
   * The statement that makes the changes.
   *
   * @param userTypes the keyspace's user-defined types by name
   * @return null when there is nothing to change
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  static @Nullable String cql(
      TableSpec table,
      List<TableChange> changes,
      Function<CqlIdentifier, @Nullable UserDefinedType> userTypes,
      DropProtection protection) {
    return new AlterTable(table, userTypes, protection).cql(changes);
  }

  private @Nullable String cql(List<TableChange> changes) {
    if (table.kind() != TableKind.TABLE) {
      problems.add("it is a %s", table.kind().displayName());
    }
    changes.forEach(this::add);
    if (parts.size() > 1) {
      problems.add("Cassandra cannot %s in one statement; use one for each", parts.keySet());
    }
    problems.failIfAny();
    return parts.isEmpty() ? null : statement();
  }

  private String statement() {
    Map.Entry<Kind, List<String>> only = parts.entrySet().iterator().next();
    String separator = only.getKey() == Kind.ADD || only.getKey() == Kind.DROP ? ", " : " AND ";
    String joined = String.join(separator, only.getValue());
    if (only.getKey() == Kind.DROP || only.getKey() == Kind.ADD) {
      joined = '(' + joined + ')';
    }
    return "ALTER TABLE %s %s %s"
        .formatted(CqlText.name(table.keyspace(), table.table()), only.getKey(), joined);
  }

  private void add(TableChange change) {
    if (change instanceof TableChange.AddColumn add) {
      addColumn(add);
    } else if (change instanceof TableChange.DeleteColumn delete) {
      dropColumn(delete);
    } else if (change instanceof TableChange.RenameColumn rename) {
      renameColumn(rename);
    } else if (change instanceof TableChange.SetProperty set) {
      set(set.property(), set.value());
    } else if (change instanceof TableChange.RemoveProperty remove) {
      unset(remove.property());
    } else {
      problems.add(
          "%s of %s",
          reason(change),
          change instanceof TableChange.ColumnChange column
              ? "column '" + String.join(".", column.fieldNames()) + "'"
              : "the table");
    }
  }

  private static String reason(TableChange change) {
    if (change instanceof TableChange.UpdateColumnType) {
      return "Cassandra cannot change the type";
    } else if (change instanceof TableChange.UpdateColumnComment) {
      return "Cassandra cannot keep the comment";
    } else if (change instanceof TableChange.UpdateColumnPosition) {
      return "Cassandra cannot change the position";
    } else if (change instanceof TableChange.UpdateColumnNullability) {
      return "Cassandra cannot change the nullability";
    }
    String kind = change.getClass().getSimpleName();
    // Spark has these since 4.1, and so no class of theirs may be named here.
    return kind.equals("AddConstraint") || kind.equals("DropConstraint")
        ? "Cassandra knows no constraints but the primary key, which never changes: %s"
            .formatted(kind)
        : "Cassandra cannot make the change %s".formatted(kind);
  }

  private void addColumn(TableChange.AddColumn add) {
    String name = topLevel(add.fieldNames());
    if (name == null) {
      return;
    }
    if (add.position() != null) {
      problems.add("column '%s' cannot be placed; leave out FIRST and AFTER", name);
    }
    if (!add.isNullable()) {
      problems.add("column '%s' cannot be NOT NULL", name);
    }
    if (table.column(name) != null) {
      problems.add("it has a column '%s' already", name);
    }
    String definition = ColumnDefinition.ofComment(add.comment());
    if (add.comment() != null && definition == null) {
      problems.add(
          "Cassandra cannot keep the comment of column '%s'; only 'cql: <type>' has a meaning",
          name);
    }
    try {
      ColumnDefinition column =
          ColumnDefinition.of(name, add.dataType(), definition, false, userTypes);
      check(column);
      part(Kind.ADD, column.cql());
    } catch (IllegalArgumentException e) {
      String advice =
          CqlDefaults.hasChoice(add.dataType())
              ? "; its CQL type may be said by COMMENT 'cql: <type>'"
              : "";
      problems.add("column '%s': %s%s", name, e.getMessage(), advice);
    }
  }

  private void check(ColumnDefinition column) {
    if (column.isStatic() && table.clusteringColumns().isEmpty()) {
      problems.add(
          "column '%s' cannot be static in a table without clustering columns", column.name());
    }
    boolean counter = column.type().equals(DataTypes.COUNTER);
    boolean fits =
        table.columns().stream()
            .filter(other -> !other.kind().isPrimaryKey())
            .allMatch(other -> other.type().equals(DataTypes.COUNTER) == counter);
    if (!fits) {
      problems.add(
          "column '%s' cannot be added: a table has counters or other columns", column.name());
    }
  }

  private void dropColumn(TableChange.DeleteColumn delete) {
    String name = topLevel(delete.fieldNames());
    ColumnSpec column = name == null ? null : table.column(name);
    if (name == null || (column == null && Boolean.TRUE.equals(delete.ifExists()))) {
      return;
    }
    if (column == null) {
      problems.add("it has no column '%s'", name);
    } else if (column.kind().isPrimaryKey()) {
      problems.add("column '%s' is part of the primary key, so it cannot be dropped", name);
    } else {
      protection.check("drop column " + name + " of " + table.displayName());
      part(Kind.DROP, CqlText.name(name));
    }
  }

  private void renameColumn(TableChange.RenameColumn rename) {
    String name = topLevel(rename.fieldNames());
    if (name == null) {
      return;
    }
    ColumnSpec column = table.column(name);
    if (column == null) {
      problems.add("it has no column '%s'", name);
    } else if (column.kind() == ColumnKind.REGULAR || column.kind() == ColumnKind.STATIC) {
      problems.add(
          "column '%s' is not part of the primary key, and Cassandra renames no others; add a"
              + " column and copy the values",
          name);
    }
    if (table.column(rename.newName()) != null) {
      problems.add("it has a column '%s' already", rename.newName());
    }
    part(Kind.RENAME, CqlText.name(name) + " TO " + CqlText.name(rename.newName()));
  }

  private void set(String property, String value) {
    TableOption option = TableOption.named(property);
    if (option != null) {
      assign(option, value);
    } else if (isFixed(property)) {
      problems.add("'%s' is fixed when a table is made", property);
    } else {
      problems.add(CreateTable.unknown(property));
    }
  }

  private void unset(String property) {
    TableOption option = TableOption.named(property);
    if (option == null) {
      problems.add(CreateTable.unknown(property));
    } else if (option.standard() == null) {
      problems.add(
          "the default of '%s' is the server's own; set it to the value that you want", property);
    } else {
      assign(option, option.standard());
    }
  }

  private static boolean isFixed(String property) {
    return property.equals(KeyDefinition.PROPERTY)
        || property.toLowerCase(Locale.ROOT).startsWith(CreateTable.TYPE_PREFIX);
  }

  private void assign(TableOption option, String value) {
    try {
      part(Kind.WITH, option.assignment(value));
    } catch (IllegalArgumentException e) {
      problems.add("the table property '%s': %s", option.property(), e.getMessage());
    }
  }

  private @Nullable String topLevel(String[] fieldNames) {
    if (fieldNames.length == 1) {
      return fieldNames[0];
    }
    problems.add(
        "fields of a user-defined type, such as '%s', are changed by ALTER TYPE in CQL",
        List.of(fieldNames).stream().collect(Collectors.joining(".")));
    return null;
  }

  private void part(Kind kind, String text) {
    parts.computeIfAbsent(kind, k -> new ArrayList<>()).add(text);
  }
}
