// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import io.ringside.spark.config.CollectionWrite;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.encode.CellEncoders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the data that go to columns of the table, and what speaks against them. Driver
 * only; one per query.
 */
public final class WriteTargets {
  private final TableSpec table;
  private final WriteConfig write;
  private final StructType input;
  private final WriteErrors errors;
  private final List<Part> parts = new ArrayList<>();

  public WriteTargets(TableSpec table, WriteConfig write, StructType input, WriteErrors errors) {
    this.table = table;
    this.write = write;
    this.input = input;
    this.errors = errors;
  }

  /**
   * Finds the column of each field.
   *
   * @param conditionNames fields that a condition takes its values from
   */
  public void find(List<String> conditionNames) {
    for (int i = 0; i < input.fields().length; i++) {
      String name = input.fields()[i].name();
      DataType type = input.fields()[i].dataType();
      ColumnSpec column = table.column(name);
      if (name.equals(write.rows().ttlColumn())) {
        checkNumber("write.ttl-column", name, type, false);
      } else if (name.equals(write.rows().timestampColumn())) {
        checkNumber("write.timestamp-column", name, type, true);
      } else if (column != null) {
        ColumnSpec target = target(column);
        errors.check(() -> CellEncoders.of(target, type, write.rows()));
        parts.add(new Part(i, target));
      } else if (!conditionNames.contains(name)
          && !(write.rows().cellMetadata() && HiddenColumn.describesCells(table, name))) {
        errors.add(
            ErrorCode.INVALID_SCHEMA,
            "it has no column '%s'. Its columns are %s; drop or rename the others."
                .formatted(name, names(table.columns())));
      }
    }
    checkNamed("write.ttl-column", write.rows().ttlColumn());
    checkNamed("write.timestamp-column", write.rows().timestampColumn());
    for (String name : conditionNames) {
      checkNamed("write.if", name);
    }
  }

  /** The column as its marker is: of a map, entries are removed by a set of keys. */
  private ColumnSpec target(ColumnSpec column) {
    return write.rows().collection(column.name()) == CollectionWrite.REMOVE
            && column.type() instanceof MapType map
        ? ColumnSpec.of(column.name(), DataTypes.setOf(map.getKeyType()), column.kind())
        : column;
  }

  /** Checks what is added to collections or removed from them. */
  public void checkCollections() {
    write
        .rows()
        .collections()
        .forEach(
            (name, way) -> {
              ColumnSpec column = table.column(name);
              if (column == null || ordinal(name) < 0) {
                errors.add(
                    ErrorCode.INVALID_OPTION,
                    "option 'write.collection.%s' names a column that the table or the data does not have. Correct it or leave it out."
                        .formatted(name));
              } else if (way != CollectionWrite.OVERWRITE && !takesElements(column.type(), way)) {
                errors.add(
                    ErrorCode.INVALID_OPTION,
                    "column '%s' of CQL type %s cannot be written by %s. Only lists can be prepended to, and frozen collections can only be overwritten."
                        .formatted(
                            name,
                            column.type().asCql(true, true),
                            way.name().toLowerCase(Locale.ROOT)));
              }
            });
    if (write.rows().changesCollections() && write.condition().ifNotExists()) {
      errors.add(
          ErrorCode.INVALID_OPTION,
          "options 'write.collection' change rows that exist, and 'write.if-not-exists' writes"
              + " others only. Leave out one of them.");
    }
  }

  private static boolean takesElements(
      com.datastax.oss.driver.api.core.type.DataType type, CollectionWrite way) {
    if (type instanceof ListType list) {
      return !list.isFrozen();
    } else if (way == CollectionWrite.PREPEND) {
      return false;
    }
    return (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen());
  }

  private void checkNumber(String option, String name, DataType type, boolean isTime) {
    boolean fits = TimeEncoders.isInteger(type) || (isTime && type instanceof TimestampType);
    if (!fits) {
      errors.add(
          ErrorCode.INVALID_SCHEMA,
          "column '%s', named by option '%s', is of Spark type %s. Cast it to %s."
              .formatted(
                  name, option, type.catalogString(), isTime ? "timestamp or bigint" : "int"));
    }
  }

  private void checkNamed(String option, @Nullable String name) {
    if (name != null && ordinal(name) < 0) {
      errors.add(
          ErrorCode.INVALID_OPTION,
          "option '%s' names column '%s', which the data does not have. Its columns are %s."
              .formatted(option, name, List.of(input.fieldNames())));
    }
  }

  private int ordinal(String name) {
    return Arrays.asList(input.fieldNames()).indexOf(name);
  }

  /** The fields that are written, in the order of the data. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Checks that the data has the primary key, and that Spark can spell the partition key. */
  public void checkKey(DecimalTypes decimals) {
    List<String> missing = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      boolean given =
          parts.stream().anyMatch(target -> target.column().name().equals(column.name()));
      if (column.kind().isPrimaryKey() && !given) {
        missing.add(column.name());
      }
    }
    checkDecimals(decimals);
    // Without any clustering column, what is left are static columns: one value per partition.
    boolean onlyStatic =
        !has(ColumnKind.CLUSTERING) && !has(ColumnKind.REGULAR) && has(ColumnKind.STATIC);
    if (onlyStatic) {
      missing.removeAll(names(table.clusteringColumns()));
    }
    if (!missing.isEmpty()) {
      errors.add(
          ErrorCode.INVALID_SCHEMA,
          "column '%s' is part of the primary key but missing from the data. Add it to the DataFrame."
              .formatted(String.join("', '", missing)));
    }
  }

  /**
   * Cassandra takes 1.5 and 1.50 for two partition keys, and Spark writes all values of a column
   * with the same digits: only who knows how many there are may write such keys.
   */
  private void checkDecimals(DecimalTypes decimals) {
    for (Part target : parts) {
      ColumnSpec column = target.column();
      if (column.kind() != ColumnKind.PARTITION_KEY || !DecimalKeys.holdsDecimals(column.type())) {
        continue;
      }
      DecimalType known = decimals.overrides().get(column.name());
      DataType given = input.fields()[target.ordinal()].dataType();
      if (known == null || !DecimalKeys.haveScale(given, known.scale())) {
        errors.add(
            ErrorCode.INVALID_SCHEMA,
            "column '%s' of its partition key holds decimals, and Cassandra takes 1.5 and 1.50 for two keys, where Spark type %s has one scale for all. If all keys of the table have the same number of digits after the point, say so with option 'decimal.%s', such as '10,2', and cast the data to it; else write these rows by CQL."
                .formatted(column.name(), given.catalogString(), column.name()));
      }
    }
  }

  /** Whether the data has a column of a kind. */
  public boolean has(ColumnKind kind) {
    return parts.stream().anyMatch(target -> target.column().kind() == kind);
  }

  /** Whether a list that is not frozen is written in a way. */
  public boolean setLists(CollectionWrite way) {
    return parts.stream()
        .map(Part::column)
        .filter(
            column -> column.type() instanceof ListType && FrozenTypes.isMultiCell(column.type()))
        .anyMatch(column -> write.rows().collection(column.name()) == way);
  }

  /** Each row of a partition would set a static list anew, at times that may be the same. */
  public void checkStaticLists() {
    for (Part target : parts) {
      ColumnSpec column = target.column();
      if (write.rows().timestampColumn() != null
          && has(ColumnKind.CLUSTERING)
          && column.kind() == ColumnKind.STATIC
          && column.type() instanceof ListType
          && FrozenTypes.isMultiCell(column.type())) {
        errors.add(
            ErrorCode.INVALID_OPTION,
            "each row of a partition would set the static list '%s', and two rows of one write time double it. Write it in a job of its own, of the partition key and static columns alone, or leave out 'write.timestamp-column'."
                .formatted(column.name()));
      }
    }
  }

  private static List<String> names(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }
}
