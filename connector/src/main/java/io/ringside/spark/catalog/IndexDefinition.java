// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.cql.CqlText;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.index.SupportsIndex;
import org.apache.spark.sql.connector.expressions.NamedReference;

/**
 * {@code CREATE INDEX}: from Spark's columns and options to CQL. {@code USING sai} makes a
 * storage-attached index, another name one of that custom class, none the server's default kind.
 * The column option {@code target} says {@code keys}, {@code values}, {@code entries} or {@code
 * full} of a collection. Pure. Driver only.
 */
final class IndexDefinition {
  private static final String TARGET = "target";
  private static final List<String> TARGETS = List.of("keys", "values", "entries", "full");
  private static final String SAI = "StorageAttachedIndex";

  private IndexDefinition() {}

  /**
   * The statement that makes the index.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong
   */
  static String cql(
      TableSpec table,
      String index,
      NamedReference[] columns,
      Map<NamedReference, Map<String, String>> columnOptions,
      Map<String, String> properties) {
    Problems problems = new Problems("create index %s on %s".formatted(index, table.displayName()));
    if (table.kind() != TableKind.TABLE) {
      problems.add("it is a %s", table.kind().displayName());
    }
    List<String> targets = new ArrayList<>();
    for (NamedReference column : columns) {
      targets.add(target(table, column, columnOptions.getOrDefault(column, Map.of()), problems));
    }
    if (targets.size() != 1) {
      problems.add("an index is on one column, not %d; make one for each", targets.size());
    }
    Map<String, String> options = new TreeMap<>(properties);
    String using = Objects.requireNonNullElse(options.remove(SupportsIndex.PROP_TYPE), "");
    boolean custom = !using.isEmpty();
    if (!custom && !options.isEmpty()) {
      problems.add("options %s need USING sai or a custom index class", options.keySet());
    }
    problems.failIfAny();
    return "CREATE %sINDEX %s ON %s (%s)%s%s"
        .formatted(
            custom ? "CUSTOM " : "",
            CqlText.name(index),
            CqlText.name(table.keyspace(), table.table()),
            targets.get(0),
            custom ? " USING " + CqlText.string(className(using)) : "",
            options.isEmpty() ? "" : " WITH OPTIONS = " + CqlText.map(options));
  }

  private static String className(String using) {
    return using.equalsIgnoreCase("sai") ? SAI : using;
  }

  private static String target(
      TableSpec table, NamedReference reference, Map<String, String> options, Problems problems) {
    String name = String.join(".", reference.fieldNames());
    ColumnSpec column = reference.fieldNames().length == 1 ? table.column(name) : null;
    if (column == null) {
      problems.add("it has no column '%s'", name);
    }
    String target = "";
    for (Map.Entry<String, String> option : options.entrySet()) {
      String value = option.getValue().toLowerCase(Locale.ROOT);
      if (option.getKey().equalsIgnoreCase(TARGET) && TARGETS.contains(value)) {
        target = value;
      } else {
        problems.add(
            "'%s=%s' is not an option of column '%s'; known is target, one of %s",
            option.getKey(), option.getValue(), name, TARGETS);
      }
    }
    return target.isEmpty() ? CqlText.name(name) : target + '(' + CqlText.name(name) + ')';
  }
}
