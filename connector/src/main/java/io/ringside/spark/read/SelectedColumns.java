// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.predicate.StaticSelection;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.RowIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a statement selects, in the order of its answer. Driver only.
 *
 * @param columns what each selection answers; may have more at the end than Spark wants, which the
 *     statement needs to be one
 */
record SelectedColumns(List<Selection> selections, List<ColumnSpec> columns) {

  /**
   * The columns that rows of a schema are made of: first its own, then those of its hidden structs.
   *
   * @param restrictions of the statement
   */
  static SelectedColumns of(TableSpec table, StructType required, List<Restriction> restrictions) {
    List<Selection> selections = new ArrayList<>();
    List<ColumnSpec> columns = new ArrayList<>();
    for (String name : names(table, required)) {
      HiddenColumn hidden = HiddenColumn.find(table, name);
      selections.add(hidden == null ? Selection.of(name) : hidden.selection());
      columns.add(hidden == null ? column(table, name) : hidden.column());
    }
    ColumnSpec missing = StaticSelection.missingColumn(table, selections, restrictions);
    if (missing != null) {
      selections.add(Selection.of(missing.name()));
      columns.add(missing);
    }
    return new SelectedColumns(selections, columns);
  }

  private static Set<String> names(TableSpec table, StructType required) {
    Set<String> names = new LinkedHashSet<>();
    List<StructField> rows = new ArrayList<>();
    for (StructField field : required.fields()) {
      if (RowIdentity.of(table, field.name()) == null) {
        names.add(field.name());
      } else {
        rows.add(field);
      }
    }
    rows.forEach(row -> names.addAll(List.of(((StructType) row.dataType()).fieldNames())));
    if (names.isEmpty()) {
      // A count needs no value, but CQL needs a column: a key column is in every row.
      names.add(table.partitionKey().get(0).name());
    }
    return names;
  }

  private static ColumnSpec column(TableSpec table, String name) {
    ColumnSpec column = table.column(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "Cannot read column '%s': %s has none of that name."
              .formatted(name, table.displayName()));
    }
    return column;
  }

  /**
   * The schema of the rows that Spark gets. Where a hidden column shows the same cells again as
   * another, both are read whole, as the same type; Spark prunes the fields of each by itself.
   *
   * @param schema the table's Spark schema
   * @param pruned the columns and nested fields that Spark wants
   */
  static StructType schema(TableSpec table, StructType schema, StructType pruned) {
    boolean identified =
        Stream.of(pruned.fields()).anyMatch(field -> RowIdentity.of(table, field.name()) != null);
    return identified ? whole(table, schema, pruned) : pruned;
  }

  private static StructType whole(TableSpec table, StructType schema, StructType pruned) {
    List<String> known = List.of(schema.fieldNames());
    StructType whole = new StructType();
    for (StructField field : pruned.fields()) {
      DataType type = field.dataType();
      if (RowIdentity.of(table, field.name()) != null) {
        type = whole(table, schema, (StructType) type);
      } else if (known.contains(field.name())) {
        type = schema.apply(field.name()).dataType();
      }
      whole = whole.add(field.name(), type, field.nullable(), field.metadata());
    }
    return whole;
  }
}
