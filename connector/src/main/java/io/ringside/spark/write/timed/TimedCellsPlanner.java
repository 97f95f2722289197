// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.config.NullHandling;
import io.ringside.spark.config.RowConfig;
import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.cql.InsertQuery;
import io.ringside.spark.cql.UpdateQuery;
import io.ringside.spark.cql.UpdateQuery.Assignment;
import io.ringside.spark.cql.UpdateQuery.Operator;
import io.ringside.spark.cql.Using;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.Part;
import io.ringside.spark.write.rows.TimeEncoders;
import io.ringside.spark.write.timed.TimedCells.Cell;
import io.ringside.spark.write.timed.TimedCells.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Decides how rows are written whose cells bring their own times: every column outside of the
 * primary key has a field with its write time and one with its time to live beside it. Names are
 * those of the hidden columns that a read gives. Asks nobody. Driver only; one per query.
 */
public final class TimedCellsPlanner {
  private static final Using TIMES = new Using(true, true);

  private final TableSpec table;
  private final StructType input;
  private final List<String> names;
  private final Consumer<String> errors;

  /**
   * A planner of one write.
   *
   * @param errors takes everything that speaks against it
   */
  public TimedCellsPlanner(TableSpec table, StructType input, Consumer<String> errors) {
    this.table = table;
    this.input = input;
    this.names = Arrays.asList(input.fieldNames());
    this.errors = errors;
  }

  /** Whether a cell is a list that is not frozen, whose elements a second setting would double. */
  public static boolean isList(Cell cell) {
    return cell.column().type() instanceof ListType
        && FrozenTypes.isMultiCell(cell.column().type());
  }

  /** The plan; of no use once there is an error. */
  public TimedCells plan(List<Part> targets, WriteConfig write) {
    checkOptions(write);
    List<Part> key = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      if (column.kind().isPrimaryKey()) {
        targets.stream().filter(part -> part.column().equals(column)).forEach(key::add);
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (Part part : targets) {
      if (!part.column().kind().isPrimaryKey()) {
        cells.add(cell(part));
      }
    }
    int readTime = readTime();
    checkDescribed();
    TimedCells timed = new TimedCells(key, cells, readTime, null, null, null);
    boolean rows =
        table.clusteringColumns().isEmpty()
            || key.stream().anyMatch(part -> part.column().kind() == ColumnKind.CLUSTERING);
    if (rows) {
      checkStaticLists(cells);
    }
    boolean statics = cells.stream().anyMatch(Cell::isStatic);
    return new TimedCells(
        key,
        cells,
        readTime,
        rows ? insert(timed) : null,
        rows && !cells.isEmpty() ? update(timed, slot -> true, key) : null,
        statics
            ? update(
                timed,
                slot -> cells.get(slot.cell()).isStatic(),
                key.stream()
                    .filter(part -> part.column().kind() == ColumnKind.PARTITION_KEY)
                    .toList())
            : null);
  }

  /**
   * The ordinal of the field with the time of the read, unless the table has a column of that name.
   */
  private int readTime() {
    int readTime = names.indexOf(HiddenColumn.READ_TIME);
    if (table.column(HiddenColumn.READ_TIME) != null) {
      return TimedCells.NONE;
    }
    if (readTime >= 0 && !(input.fields()[readTime].dataType() instanceof TimestampType)) {
      errors.accept(
          "column '%s' is not a timestamp. Cast it to timestamp."
              .formatted(HiddenColumn.READ_TIME));
    }
    return readTime;
  }

  private void checkOptions(WriteConfig write) {
    RowConfig rows = write.rows();
    List<String> others = new ArrayList<>();
    if (rows.ttlSeconds() != null) {
      others.add("write.ttl");
    }
    if (rows.ttlColumn() != null) {
      others.add("write.ttl-column");
    }
    if (rows.timestampColumn() != null) {
      others.add("write.timestamp-column");
    }
    if (rows.nulls() == NullHandling.TOMBSTONE) {
      others.add("write.nulls=tombstone");
    }
    if (rows.changesCollections()) {
      others.add("write.collection");
    }
    if (write.condition().isSet()) {
      others.add("write.if");
    }
    if (!others.isEmpty()) {
      errors.accept(
          "option 'write.cell-metadata' gives each cell its own times and leaves nulls out; with it there is no %s. Leave out one of them."
              .formatted(others));
    }
  }

  private Cell cell(Part part) {
    ColumnSpec column = part.column();
    int writeTime = names.indexOf(HiddenColumn.writeTime(column.name()));
    int ttl = names.indexOf(HiddenColumn.ttl(column.name()));
    if (writeTime < 0 || ttl < 0) {
      errors.accept(
          "column '%s' has no '%s' or no '%s' beside it, so its times would be lost. Add both; null stands for the job's write time and for no time to live."
              .formatted(
                  column.name(),
                  HiddenColumn.writeTime(column.name()),
                  HiddenColumn.ttl(column.name())));
      return new Cell(part, writeTime, ttl, false);
    }
    DataType micros = input.fields()[writeTime].dataType();
    DataType seconds = input.fields()[ttl].dataType();
    boolean byElement = micros instanceof ArrayType;
    if (byElement != seconds instanceof ArrayType
        || (byElement && !FrozenTypes.isMultiCell(column.type()))) {
      errors.accept(
          "columns '%s' and '%s' are of Spark types %s and %s. Give both one value, or both an array with an entry for each element of a collection that is not frozen."
              .formatted(
                  names.get(writeTime),
                  names.get(ttl),
                  micros.catalogString(),
                  seconds.catalogString()));
    } else {
      checkNumber(writeTime, element(micros), true);
      checkNumber(ttl, element(seconds), false);
    }
    return new Cell(part, writeTime, ttl, byElement);
  }

  private static DataType element(DataType type) {
    return type instanceof ArrayType array ? array.elementType() : type;
  }

  private void checkNumber(int ordinal, DataType type, boolean isTime) {
    if (!TimeEncoders.isInteger(type) && !(isTime && type instanceof TimestampType)) {
      errors.accept(
          "column '%s' is of Spark type %s. Cast it to %s."
              .formatted(
                  names.get(ordinal),
                  type.catalogString(),
                  isTime ? "timestamp or bigint" : "int"));
    }
  }

  /** Times of a column that is not in the data mean that somebody forgot it. */
  private void checkDescribed() {
    for (ColumnSpec column : table.columns()) {
      boolean described =
          names.contains(HiddenColumn.writeTime(column.name()))
              || names.contains(HiddenColumn.ttl(column.name()));
      if (described && !column.kind().isPrimaryKey() && !names.contains(column.name())) {
        errors.accept(
            "the data has times of column '%s' and not the column itself. Add it, or drop them."
                .formatted(column.name()));
      }
    }
  }

  /** Each row of a partition would add the elements once more. */
  private void checkStaticLists(List<Cell> cells) {
    for (Cell cell : cells) {
      if (cell.isStatic() && isList(cell)) {
        errors.accept(
            "elements of the static list '%s' would be added once for each row of a partition. Write it in a job of its own, of the partition key and static columns alone, one row of each partition."
                .formatted(cell.column().name()));
      }
    }
  }

  private String insert(TimedCells timed) {
    List<String> columns = new ArrayList<>();
    timed.key().forEach(part -> columns.add(part.column().name()));
    for (Slot slot : timed.slots()) {
      if (slot.whole()) {
        columns.add(timed.cells().get(slot.cell()).column().name());
      }
    }
    return InsertQuery.of(table, columns, TIMES, false);
  }

  private String update(TimedCells timed, Predicate<Slot> wanted, List<Part> key) {
    List<Assignment> assignments = new ArrayList<>();
    for (Slot slot : timed.slots()) {
      if (wanted.test(slot)) {
        assignments.add(assignment(timed.cells().get(slot.cell()).column(), slot));
      }
    }
    return UpdateQuery.of(
        table, TIMES, assignments, key.stream().map(part -> part.column().name()).toList(), null);
  }

  private static Assignment assignment(ColumnSpec column, Slot slot) {
    if (slot.field() != TimedCells.NONE && column.type() instanceof UserDefinedType udt) {
      String field = udt.getFieldNames().get(slot.field()).asInternal();
      return new Assignment(column.name(), field, Operator.SET);
    }
    return new Assignment(column.name(), slot.whole() ? Operator.SET : Operator.APPEND);
  }
}
