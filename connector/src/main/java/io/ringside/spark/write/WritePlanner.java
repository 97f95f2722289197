// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import io.ringside.spark.config.CollectionWrite;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.config.WriteTimestamp;
import io.ringside.spark.cql.ConditionText;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CellEncoders;
import io.ringside.spark.write.TimedCells.Part;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Decides how rows of a schema are written to a table and collects everything that speaks against
 * it, so that a user sees all of it at once. Asks nobody. Driver only; one per query.
 */
final class WritePlanner {
  private final TableSpec table;
  private final ConnectorConfig config;
  private final WriteConfig write;
  private final StructType input;
  private final List<Part> targets = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private ErrorCode code = ErrorCode.INVALID_OPTION;

  WritePlanner(TableSpec table, ConnectorConfig config, StructType input) {
    this.table = table;
    this.config = config;
    this.write = config.write();
    this.input = input;
  }

  /**
   * The plan of a job that starts now.
   *
   * @throws ConnectorException with everything that is wrong
   */
  static WritePlan plan(TableSpec table, ConnectorConfig config, StructType input) {
    boolean speculation = SparkEnv.get().conf().getBoolean("spark.speculation", false);
    return new WritePlanner(table, config, input).plan(nowMicros(), speculation);
  }

  /**
   * The plan.
   *
   * @param nowMicros the job's start, microseconds since the epoch
   * @param speculation whether Spark runs copies of slow tasks
   * @throws ConnectorException with everything that is wrong
   */
  WritePlan plan(long nowMicros, boolean speculation) {
    checkKind(table);
    ConditionText condition =
        write.condition().condition() == null
            ? null
            : ConditionText.parse(write.condition().condition());
    findTargets(condition == null ? List.of() : condition.names());
    checkKey();
    TimedCells timed = timed();
    WriteKind kind =
        timed != null && TimedCellsPlanner.addsToLists(timed) ? WriteKind.ADDITION : kind();
    checkOptions(kind, speculation);
    if (!errors.isEmpty()) {
      throw cannotWrite(code, String.join(" ", errors));
    }
    List<Part> all = List.copyOf(targets);
    RowStatementBuilder statements = new RowStatementBuilder(table, write, input, condition);
    boolean mayOmitClustering = has(ColumnKind.CLUSTERING) && has(ColumnKind.STATIC);
    return new WritePlan(
        table,
        input,
        kind,
        statements.build(all, kind),
        mayOmitClustering
            ? statements.build(
                all.stream().filter(target -> isOfPartition(target.column())).toList(), kind)
            : null,
        timed,
        kind.hasTimestamp() ? timestamp(write, nowMicros) : null,
        config.connection(),
        write);
  }

  private @Nullable TimedCells timed() {
    if (!write.cellMetadata()) {
      return null;
    }
    boolean counters =
        table.columns().stream().anyMatch(column -> column.type().equals(DataTypes.COUNTER));
    if (counters) {
      error(
          ErrorCode.INVALID_OPTION,
          "counters get their write time from the server. Leave out 'write.cell-metadata'.");
      return null;
    }
    return new TimedCellsPlanner(table, input, reason -> error(ErrorCode.INVALID_SCHEMA, reason))
        .plan(targets, write);
  }

  private void findTargets(List<String> conditionNames) {
    for (int i = 0; i < input.fields().length; i++) {
      String name = input.fields()[i].name();
      DataType type = input.fields()[i].dataType();
      ColumnSpec column = table.column(name);
      if (name.equals(write.ttlColumn())) {
        checkNumber("write.ttl-column", name, type, false);
      } else if (name.equals(write.timestampColumn())) {
        checkNumber("write.timestamp-column", name, type, true);
      } else if (column != null) {
        ColumnSpec target = target(column);
        check(() -> CellEncoders.of(target, type));
        targets.add(new Part(i, target));
      } else if (!conditionNames.contains(name)
          && !(write.cellMetadata() && TimedCellsPlanner.describesCells(table, name))) {
        error(
            ErrorCode.INVALID_SCHEMA,
            "it has no column '%s'. Its columns are %s; drop or rename the others."
                .formatted(name, names(table.columns())));
      }
    }
    checkNamed("write.ttl-column", write.ttlColumn());
    checkNamed("write.timestamp-column", write.timestampColumn());
    for (String name : conditionNames) {
      checkNamed("write.if", name);
    }
  }

  /** The column as its marker is: of a map, entries are removed by a set of keys. */
  private ColumnSpec target(ColumnSpec column) {
    return write.collection(column.name()) == CollectionWrite.REMOVE
            && column.type() instanceof MapType map
        ? ColumnSpec.of(column.name(), DataTypes.setOf(map.getKeyType()), column.kind())
        : column;
  }

  private void checkCollections() {
    write
        .collections()
        .forEach(
            (name, way) -> {
              ColumnSpec column = table.column(name);
              if (column == null || ordinal(name) < 0) {
                error(
                    ErrorCode.INVALID_OPTION,
                    "option 'write.collection.%s' names a column that the table or the data does not have. Correct it or leave it out."
                        .formatted(name));
              } else if (way != CollectionWrite.OVERWRITE && !takesElements(column.type(), way)) {
                error(
                    ErrorCode.INVALID_OPTION,
                    "column '%s' of CQL type %s cannot be written by %s. Only lists can be prepended to, and frozen collections can only be overwritten."
                        .formatted(
                            name,
                            column.type().asCql(true, true),
                            way.name().toLowerCase(Locale.ROOT)));
              }
            });
    if (write.changesCollections() && write.condition().ifNotExists()) {
      error(
          ErrorCode.INVALID_OPTION,
          "options 'write.collection' change rows that exist, and 'write.if-not-exists' writes others only. Leave out one of them.");
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

  private void check(Runnable conversion) {
    try {
      conversion.run();
    } catch (ConnectorException e) {
      error(e.code(), String.valueOf(e.getMessage()).replace(" [" + e.code() + "]", ""));
    }
  }

  private void checkNumber(String option, String name, DataType type, boolean isTime) {
    boolean fits = TimeEncoders.isInteger(type) || (isTime && type instanceof TimestampType);
    if (!fits) {
      error(
          ErrorCode.INVALID_SCHEMA,
          "column '%s', named by option '%s', is of Spark type %s. Cast it to %s."
              .formatted(
                  name, option, type.catalogString(), isTime ? "timestamp or bigint" : "int"));
    }
  }

  private void checkNamed(String option, @Nullable String name) {
    if (name != null && ordinal(name) < 0) {
      error(
          ErrorCode.INVALID_OPTION,
          "option '%s' names column '%s', which the data does not have. Its columns are %s."
              .formatted(option, name, List.of(input.fieldNames())));
    }
  }

  private int ordinal(String name) {
    return Arrays.asList(input.fieldNames()).indexOf(name);
  }

  private void checkKey() {
    List<String> missing = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      boolean given =
          targets.stream().anyMatch(target -> target.column().name().equals(column.name()));
      if (column.kind().isPrimaryKey() && !given) {
        missing.add(column.name());
      }
    }
    // Without any clustering column, what is left are static columns: one value per partition.
    boolean onlyStatic =
        !has(ColumnKind.CLUSTERING) && !has(ColumnKind.REGULAR) && has(ColumnKind.STATIC);
    if (onlyStatic) {
      missing.removeAll(names(table.clusteringColumns()));
    }
    if (!missing.isEmpty()) {
      error(
          ErrorCode.INVALID_SCHEMA,
          "column '%s' is part of the primary key but missing from the data. Add it to the DataFrame."
              .formatted(String.join("', '", missing)));
    }
  }

  private boolean has(ColumnKind kind) {
    return targets.stream().anyMatch(target -> target.column().kind() == kind);
  }

  private WriteKind kind() {
    if (table.columns().stream().anyMatch(column -> column.type().equals(DataTypes.COUNTER))) {
      return WriteKind.COUNTER;
    }
    if (write.condition().isSet()) {
      return WriteKind.CONDITIONAL;
    }
    List<CollectionWrite> lists =
        targets.stream()
            .map(Part::column)
            .filter(
                column ->
                    column.type() instanceof ListType && FrozenTypes.isMultiCell(column.type()))
            .map(column -> write.collection(column.name()))
            .toList();
    if (lists.contains(CollectionWrite.APPEND) || lists.contains(CollectionWrite.PREPEND)) {
      return WriteKind.ADDITION;
    }
    boolean sameTime = write.timestamp().source() != WriteTimestamp.Source.SERVER;
    if (sameTime && lists.contains(CollectionWrite.OVERWRITE)) {
      return write.timestampColumn() == null ? WriteKind.LISTS : WriteKind.ADDITION;
    }
    return WriteKind.UPSERT;
  }

  private void checkOptions(WriteKind kind, boolean speculation) {
    checkCollections();
    if (RowStatementBuilder.updates(kind, write)
        && !has(ColumnKind.REGULAR)
        && !has(ColumnKind.STATIC)) {
      error(
          ErrorCode.INVALID_SCHEMA,
          "the data has no column to change. Add one besides the primary key.");
    }
    if (!kind.hasTimestamp()
        && (write.timestampColumn() != null
            || write.timestamp().source() == WriteTimestamp.Source.FIXED)) {
      error(
          ErrorCode.INVALID_OPTION,
          "%s get their write time from the server. Leave out 'write.timestamp' and 'write.timestamp-column'."
              .formatted(kind == WriteKind.COUNTER ? "counters" : "conditional writes"));
    }
    if (kind == WriteKind.COUNTER) {
      if (write.ttlSeconds() != null || write.ttlColumn() != null) {
        error(
            ErrorCode.INVALID_OPTION,
            "counters have no time to live. Leave out 'write.ttl' and 'write.ttl-column'.");
      }
      if (write.condition().isSet()) {
        error(
            ErrorCode.INVALID_OPTION,
            "counters cannot be changed conditionally. Leave out 'write.if' and 'write.if-not-exists'.");
      }
    }
    boolean addsTwice = kind == WriteKind.COUNTER || kind == WriteKind.ADDITION;
    if (addsTwice && speculation && !write.allowSpeculation()) {
      error(
          ErrorCode.UNSUPPORTED_OPERATION,
          "spark.speculation is on, and a copy of a task would add to %s once more. Set it to false, or set 'write.allow-speculation' if that does no harm."
              .formatted(kind == WriteKind.COUNTER ? "counters" : "lists"));
    }
  }

  private static boolean isOfPartition(ColumnSpec column) {
    return column.kind() == ColumnKind.PARTITION_KEY || column.kind() == ColumnKind.STATIC;
  }

  /** The write time of a job, or null when coordinators give it. */
  static @Nullable Long timestamp(WriteConfig write, long nowMicros) {
    return switch (write.timestamp().source()) {
      case JOB -> nowMicros;
      case SERVER -> null;
      case FIXED -> write.timestamp().micros();
    };
  }

  /** The present, in microseconds since the epoch. */
  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** Refuses what is no table. */
  static void checkKind(TableSpec table) {
    if (table.kind() != TableKind.TABLE) {
      throw new ConnectorException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot write to %s: it is a %s. Write to a table."
              .formatted(
                  table.displayName(),
                  table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
  }

  private static List<String> names(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  private void error(ErrorCode kind, String reason) {
    if (errors.isEmpty()) {
      code = kind;
    }
    errors.add(reason);
  }

  private ConnectorException cannotWrite(ErrorCode kind, String reasons) {
    return new ConnectorException(
        kind, "Cannot write to %s: %s".formatted(table.displayName(), reasons));
  }
}
