// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a lookup join, checked all together. Names are compared in any case where they are
 * not exactly those of a column, as Spark does by default. Pure. Driver only.
 *
 * @param key the partition key's columns in key order, then the first clustering columns, each with
 *     the position of the Dataset's column
 * @param answer the table's columns in the result, under their names in the table
 * @param names those in the result, in the same order
 */
record LookupColumns(List<KeyColumn> key, StructType answer, List<String> names) {

  /**
   * Checks what a request names.
   *
   * @param schema the table's Spark schema
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  static LookupColumns of(
      TableSpec table, StructType schema, StructType dataset, LookupRequest request) {
    Check check = new Check(table, schema, dataset);
    List<KeyColumn> key = check.key(request.on());
    StructType answer = new StructType();
    List<String> names = new ArrayList<>();
    if (request.kind().givesTableColumns()) {
      for (TableColumn column : check.wanted(request)) {
        StructField field = check.field(schema, column.name(), table.displayName());
        if (field != null) {
          answer = answer.add(field);
          names.add(column.alias());
        }
      }
      check.namesDiffer(names);
    }
    check.failOnErrors();
    return new LookupColumns(key, answer, names);
  }

  /** The names of the key's columns in the table. */
  Set<String> keyNames() {
    return key.stream().map(column -> column.column().name()).collect(Collectors.toSet());
  }

  /** Collects what is wrong. */
  private static final class Check {
    private final TableSpec table;
    private final StructType schema;
    private final StructType dataset;
    private final List<String> errors = new ArrayList<>();

    Check(TableSpec table, StructType schema, StructType dataset) {
      this.table = table;
      this.schema = schema;
      this.dataset = dataset;
    }

    List<KeyColumn> key(List<KeyPair> on) {
      Map<String, KeyColumn> byName = new LinkedHashMap<>();
      for (KeyPair pair : on) {
        StructField ofTable = field(schema, pair.ofTable(), table.displayName());
        StructField ofDataset = field(dataset, pair.ofDataset(), "the Dataset");
        ColumnSpec column = ofTable == null ? null : table.column(ofTable.name());
        if (ofTable == null || ofDataset == null || column == null) {
          continue;
        }
        checkTypes(column, ofTable.dataType(), ofDataset);
        int position = Arrays.asList(dataset.fields()).indexOf(ofDataset);
        KeyColumn before =
            byName.put(column.name(), new KeyColumn(column, ofTable.dataType(), position));
        if (before != null) {
          errors.add("the table's column '%s' is named twice".formatted(column.name()));
        }
      }
      List<KeyColumn> key = new ArrayList<>();
      take(table.partitionKey(), byName, key);
      if (key.size() < table.partitionKey().size()) {
        errors.add(
            "the partition key is %s, all of which must be equal to columns of the Dataset"
                .formatted(table.partitionKey().stream().map(ColumnSpec::name).toList()));
      }
      take(table.clusteringColumns(), byName, key);
      if (!byName.isEmpty()) {
        errors.add(
            "%s of the table are neither its partition key nor its first clustering columns %s"
                .formatted(
                    byName.keySet(),
                    table.clusteringColumns().stream().map(ColumnSpec::name).toList()));
      }
      return key;
    }

    /** Takes columns from the first on, as long as they are there. */
    private static void take(
        List<ColumnSpec> columns, Map<String, KeyColumn> from, List<KeyColumn> into) {
      for (ColumnSpec column : columns) {
        KeyColumn found = from.remove(column.name());
        if (found == null) {
          return;
        }
        into.add(found);
      }
    }

    private void checkTypes(ColumnSpec column, DataType wanted, StructField given) {
      String refusal = KeyTypes.refusal(column);
      if (refusal != null) {
        errors.add(refusal);
      } else if (!KeyTypes.fits(given.dataType(), wanted)) {
        errors.add(
            "the Dataset's '%s' is of type %s and the table's '%s' of %s"
                .formatted(
                    given.name(),
                    given.dataType().catalogString(),
                    column.name(),
                    wanted.catalogString()));
      }
    }

    List<TableColumn> wanted(LookupRequest request) {
      if (request.columns() != null) {
        return request.columns();
      }
      Set<String> equal =
          request.on().stream()
              .map(pair -> pair.ofTable().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet());
      return Arrays.stream(schema.fieldNames())
          .filter(name -> !equal.contains(name.toLowerCase(Locale.ROOT)))
          .map(name -> new TableColumn(name, name))
          .toList();
    }

    @Nullable StructField field(StructType of, String name, String owner) {
      List<StructField> alike = new ArrayList<>();
      for (StructField field : of.fields()) {
        if (field.name().equals(name)) {
          return field;
        } else if (field.name().equalsIgnoreCase(name)) {
          alike.add(field);
        }
      }
      if (alike.size() == 1) {
        return alike.get(0);
      }
      errors.add(
          "%s has no column '%s' but %s".formatted(owner, name, Arrays.toString(of.fieldNames())));
      return null;
    }

    void namesDiffer(List<String> names) {
      List<String> taken = new ArrayList<>(List.of(dataset.fieldNames()));
      for (String name : names) {
        if (taken.stream().anyMatch(name::equalsIgnoreCase)) {
          errors.add(
              "the result would have two columns '%s'; name the table's another, as in \"%s AS other\", or leave it out"
                  .formatted(name, name));
        }
        taken.add(name);
      }
    }

    void failOnErrors() {
      if (!errors.isEmpty()) {
        throw new InvalidInputException(
            ErrorCode.INVALID_SCHEMA,
            "Cannot look up %s: %s. Correct the columns of the join."
                .formatted(table.displayName(), String.join("; ", errors)));
      }
    }
  }
}
