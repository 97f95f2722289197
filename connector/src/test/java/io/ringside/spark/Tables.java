// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.cql.TypeParser;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.CqlType;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.ServerFeatures;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a table for a test, without a server: {@code Tables.of("ks.t").key("id
 * int").clustering("n int", "at timestamp desc").regular("v text").build()}. Each column is its
 * name, exactly as stored, and its CQL type. Columns keep the order in which they are given.
 */
public final class Tables {
  private static final String DESCENDING = " desc";

  private final String keyspace;
  private final String table;
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<UnaryOperator<TableSpec>> changes = new ArrayList<>();
  private final Map<CqlIdentifier, UserDefinedType> userTypes = new HashMap<>();

  private Tables(String keyspace, String table) {
    this.keyspace = keyspace;
    this.table = table;
  }

  /** An ordinary table without columns yet, such as {@code ks.t}. */
  public static Tables of(String name) {
    int dot = name.indexOf('.');
    return new Tables(name.substring(0, dot), name.substring(dot + 1));
  }

  /** User-defined types that later columns name. */
  public Tables types(UserDefinedType... types) {
    for (UserDefinedType type : types) {
      userTypes.put(type.getName(), type);
    }
    return this;
  }

  /** Columns of the partition key. */
  public Tables key(String... definitions) {
    return add(ColumnKind.PARTITION_KEY, definitions);
  }

  /** Clustering columns; {@code desc} after the type for descending order. */
  public Tables clustering(String... definitions) {
    return add(ColumnKind.CLUSTERING, definitions);
  }

  /** Static columns. */
  public Tables statics(String... definitions) {
    return add(ColumnKind.STATIC, definitions);
  }

  /** Columns outside of the key. */
  public Tables regular(String... definitions) {
    return add(ColumnKind.REGULAR, definitions);
  }

  /** The table's id. */
  public Tables id(UUID id) {
    return change(
        t -> new TableSpec(keyspace, table, id, t.kind(), columns, t.indexes(), t.features()));
  }

  /** What the name stands for, when not an ordinary table. */
  public Tables kind(TableKind kind) {
    return change(
        t -> new TableSpec(keyspace, table, t.id(), kind, columns, t.indexes(), t.features()));
  }

  /** The table's indexes. */
  public Tables indexes(IndexSpec... indexes) {
    return change(
        t ->
            new TableSpec(
                keyspace, table, t.id(), t.kind(), columns, List.of(indexes), t.features()));
  }

  /** What the servers tell besides values. */
  public Tables features(ServerFeatures features) {
    return change(
        t -> new TableSpec(keyspace, table, t.id(), t.kind(), columns, t.indexes(), features));
  }

  /** The table. */
  public TableSpec build() {
    TableSpec spec = new TableSpec(keyspace, table, null, TableKind.TABLE, columns);
    for (UnaryOperator<TableSpec> change : changes) {
      spec = change.apply(spec);
    }
    return spec;
  }

  private Tables change(UnaryOperator<TableSpec> change) {
    changes.add(change);
    return this;
  }

  private Tables add(ColumnKind kind, String... definitions) {
    for (String definition : definitions) {
      int space = definition.indexOf(' ');
      String type = definition.substring(space + 1);
      boolean descending = type.endsWith(DESCENDING);
      if (descending) {
        type = type.substring(0, type.length() - DESCENDING.length());
      }
      columns.add(
          new ColumnSpec(
              definition.substring(0, space), new CqlType(parse(type)), kind, descending));
    }
    return this;
  }

  private DataType parse(String type) {
    return TypeParser.parse(type, this::userType);
  }

  private @Nullable UserDefinedType userType(CqlIdentifier name) {
    return userTypes.get(name);
  }
}
