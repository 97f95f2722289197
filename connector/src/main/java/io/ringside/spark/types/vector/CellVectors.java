// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.VectorType;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.FixedWidths;
import io.ringside.spark.types.TypeErrors;
import io.ringside.spark.types.TypeMapping;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Makes the view for a column, with those for the values inside of it. */
public final class CellVectors {
  private final String column;

  private CellVectors(String column) {
    this.column = column;
  }

  /**
   * A view that shows nothing until its first {@link CellVector#reset}. One per column and task.
   *
   * @param sparkType what {@link TypeMapping} gives for the column; structs in it may have fewer
   *     fields, in any order, and only those are decoded
   * @throws io.ringside.spark.error.InvalidInputException INVALID_SCHEMA if the column cannot be
   *     shown as that type, UNSUPPORTED_TYPE if it cannot be shown at all
   */
  public static CellVector of(ColumnSpec column, org.apache.spark.sql.types.DataType sparkType) {
    return new CellVectors(column.name()).of(column.type(), sparkType, column.name());
  }

  private CellVector of(DataType cql, org.apache.spark.sql.types.DataType spark, String path) {
    CqlKind kind = CqlKind.of(cql);
    var expected = kind.sparkType();
    if (expected != null && !spark.equals(expected)) {
      throw VectorErrors.unreadable(path, cql, spark, expected.catalogString());
    }
    return switch (kind) {
      case ASCII, TEXT -> new TextVectors.OfText(path);
      case UUID, TIMEUUID -> new TextVectors.OfUuid(path);
      case INET -> new TextVectors.OfInet(path);
      case DURATION -> new TextVectors.OfDuration(path);
      case BOOLEAN -> new NumberVectors.OfBoolean(path);
      case TINYINT -> new NumberVectors.OfByte(path);
      case SMALLINT -> new NumberVectors.OfShort(path);
      case INT -> new NumberVectors.OfInt(path);
      case BIGINT, COUNTER, TIME -> new NumberVectors.OfLong(path);
      case FLOAT -> new NumberVectors.OfFloat(path);
      case DOUBLE -> new NumberVectors.OfDouble(path);
      case DECIMAL -> DecimalVector.ofDecimal(decimal(cql, spark, path), path, column);
      case VARINT -> DecimalVector.ofVarint(decimal(cql, spark, path), path, column);
      case BLOB -> new BlobVector(path);
      case TIMESTAMP -> new TemporalVectors.OfTimestamp(path);
      case DATE -> new TemporalVectors.OfDate(path);
      case LIST, SET, VECTOR -> array(cql, spark, path);
      case MAP -> map((MapType) cql, spark, path);
      case TUPLE, UDT -> struct(cql, spark, path);
      case UNSUPPORTED -> throw TypeErrors.unsupported(path, cql);
    };
  }

  private static DecimalType decimal(
      DataType cql, org.apache.spark.sql.types.DataType spark, String path) {
    if (!(spark instanceof DecimalType decimal)) {
      throw VectorErrors.unreadable(path, cql, spark, "decimal");
    }
    return decimal;
  }

  private CellVector array(DataType cql, org.apache.spark.sql.types.DataType spark, String path) {
    if (!(spark instanceof ArrayType array)) {
      throw VectorErrors.unreadable(path, cql, spark, "array");
    }
    DataType elementType = ((ContainerType) cql).getElementType();
    CellVector element = of(elementType, array.elementType(), path + ".element");
    if (!(cql instanceof VectorType vector)) {
      return new ArrayVector.OfList(spark, element, path);
    }
    int width = FixedWidths.of(elementType);
    return width == 0
        ? new ArrayVector.OfSizedVector(spark, element, path, vector.getDimensions())
        : new ArrayVector.OfFixedVector(spark, element, path, vector.getDimensions(), width);
  }

  private CellVector map(MapType cql, org.apache.spark.sql.types.DataType spark, String path) {
    if (!(spark instanceof org.apache.spark.sql.types.MapType map)) {
      throw VectorErrors.unreadable(path, cql, spark, "map");
    }
    return new MapVector(
        spark,
        of(cql.getKeyType(), map.keyType(), path + ".key"),
        of(cql.getValueType(), map.valueType(), path + ".value"),
        path);
  }

  private CellVector struct(DataType cql, org.apache.spark.sql.types.DataType spark, String path) {
    List<String> names = TypeMapping.fieldNames(cql);
    if (!(spark instanceof StructType struct) || !names.containsAll(List.of(struct.fieldNames()))) {
      throw VectorErrors.unreadable(path, cql, spark, "struct of " + names);
    }
    StructField[] wanted = struct.fields();
    CellVector[] children = new CellVector[wanted.length];
    int[] positions = new int[wanted.length];
    int size = 0;
    for (int i = 0; i < wanted.length; i++) {
      String name = wanted[i].name();
      positions[i] = names.indexOf(name);
      size = Math.max(size, positions[i] + 1);
      children[i] =
          of(
              TypeMapping.fieldTypes(cql).get(positions[i]),
              wanted[i].dataType(),
              path + '.' + name);
    }
    return new StructVector(struct, children, positions, size, path);
  }
}
