// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The Spark type of every CQL type. Driver only. */
public final class TypeMapping {
  private TypeMapping() {}

  /**
   * The Spark schema of a table, columns in the table's order. Columns of a type without a Spark
   * counterpart are not in it, so they never stop anybody from reading the others: naming one is
   * Spark's own unresolved-column error, and {@link #unsupported} lists them for whoever wants to
   * warn.
   *
   * <p>A single partition key column is NOT NULL. So are the other key columns of types without
   * empty cells ({@link CqlKind#mayBeEmpty}); but no clustering column is in a table with a static
   * column, as a partition of static cells alone is a row without clustering columns.
   */
  public static StructType schema(TableSpec table, DecimalTypes decimals) {
    boolean staticRows =
        table.columns().stream().anyMatch(column -> column.kind() == ColumnKind.STATIC);
    List<StructField> fields = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      if (isSupported(column.type())) {
        boolean mayBeEmpty = CqlKind.of(column.type()).mayBeEmpty();
        boolean neverNull =
            switch (column.kind()) {
              case PARTITION_KEY -> !mayBeEmpty || table.partitionKey().size() == 1;
              case CLUSTERING -> !mayBeEmpty && !staticRows;
              case STATIC, REGULAR -> false;
            };
        fields.add(
            DataTypes.createStructField(column.name(), sparkType(column, decimals), !neverNull));
      }
    }
    return DataTypes.createStructType(fields);
  }

  /** The table's columns that {@link #schema} leaves out, in the table's order. */
  public static List<ColumnSpec> unsupported(TableSpec table) {
    return table.columns().stream().filter(column -> !isSupported(column.type())).toList();
  }

  /**
   * The Spark type of a column.
   *
   * @throws io.ringside.spark.error.UnsupportedException UNSUPPORTED_TYPE if it has none
   */
  public static DataType sparkType(ColumnSpec column, DecimalTypes decimals) {
    return sparkType(column.type(), decimals, column.name());
  }

  /**
   * The Spark type of a CQL type.
   *
   * @param column the column it belongs to, whose decimal override holds at any depth
   * @throws io.ringside.spark.error.UnsupportedException UNSUPPORTED_TYPE if it has none
   */
  public static DataType sparkType(
      com.datastax.oss.driver.api.core.type.DataType cql, DecimalTypes decimals, String column) {
    CqlKind kind = CqlKind.of(cql);
    return switch (kind.shape()) {
      case SCALAR -> Objects.requireNonNull(kind.sparkType());
      case NUMBER -> kind == CqlKind.VARINT ? decimals.varint(column) : decimals.decimal(column);
      case ARRAY ->
          DataTypes.createArrayType(
              sparkType(((ContainerType) cql).getElementType(), decimals, column),
              kind != CqlKind.VECTOR);
      case MAP ->
          DataTypes.createMapType(
              sparkType(((MapType) cql).getKeyType(), decimals, column),
              sparkType(((MapType) cql).getValueType(), decimals, column),
              true);
      case STRUCT -> struct(cql, decimals, column);
      case NONE -> throw TypeErrors.unsupported(column, cql);
    };
  }

  private static DataType struct(
      com.datastax.oss.driver.api.core.type.DataType cql, DecimalTypes decimals, String column) {
    List<String> names = fieldNames(cql);
    List<com.datastax.oss.driver.api.core.type.DataType> types = fieldTypes(cql);
    List<StructField> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(
          DataTypes.createStructField(
              names.get(i), sparkType(types.get(i), decimals, column), true));
    }
    return DataTypes.createStructType(fields);
  }

  /** The Spark field names of a tuple ("0", "1", and so on) or a user-defined type. */
  public static List<String> fieldNames(com.datastax.oss.driver.api.core.type.DataType cql) {
    if (cql instanceof UserDefinedType udt) {
      return udt.getFieldNames().stream().map(CqlIdentifier::asInternal).toList();
    }
    List<String> positions = new ArrayList<>();
    for (int i = 0; i < ((TupleType) cql).getComponentTypes().size(); i++) {
      positions.add(Integer.toString(i));
    }
    return positions;
  }

  /** The field types of a tuple or a user-defined type. */
  public static List<com.datastax.oss.driver.api.core.type.DataType> fieldTypes(
      com.datastax.oss.driver.api.core.type.DataType cql) {
    return cql instanceof UserDefinedType udt
        ? udt.getFieldTypes()
        : ((TupleType) cql).getComponentTypes();
  }

  private static boolean isSupported(com.datastax.oss.driver.api.core.type.DataType cql) {
    return switch (CqlKind.of(cql).shape()) {
      case SCALAR, NUMBER -> true;
      case ARRAY -> isSupported(((ContainerType) cql).getElementType());
      case MAP ->
          isSupported(((MapType) cql).getKeyType()) && isSupported(((MapType) cql).getValueType());
      case STRUCT -> fieldTypes(cql).stream().allMatch(TypeMapping::isSupported);
      case NONE -> false;
    };
  }
}
