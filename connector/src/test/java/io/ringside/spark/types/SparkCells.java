// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.GettableByIndex;
import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.RowsEncoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A value of the driver as Spark has it inside, and Spark's values in a form that can be compared:
 * lists for arrays and structs, lists of pairs for maps.
 */
final class SparkCells {
  private SparkCells() {}

  static TypeCodec<Object> codec(DataType type) {
    return CodecRegistry.DEFAULT.codecFor(type);
  }

  /** Lets a view show these cells, each of a row, null for a null. */
  static void show(CellVector vector, @Nullable ByteBuffer... cells) {
    RowsEncoder encoder = new RowsEncoder(1);
    for (ByteBuffer cell : cells) {
      encoder.add(new @Nullable ByteBuffer[] {cell});
    }
    vector.reset(CellIndex.of(encoder.take()), 0);
  }

  /** The value in Spark's internal form. */
  static @Nullable Object of(DataType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (CqlKind.of(type)) {
      case LIST, SET -> array(((ContainerType) type).getElementType(), (Collection<?>) value);
      case VECTOR -> array(((ContainerType) type).getElementType(), list(((CqlVector<?>) value)));
      case MAP -> {
        MapType map = (MapType) type;
        Map<?, ?> entries = (Map<?, ?>) value;
        yield new ArrayBasedMapData(
            array(map.getKeyType(), entries.keySet()), array(map.getValueType(), entries.values()));
      }
      case TUPLE, UDT -> struct(type, (GettableByIndex) value);
      case DURATION -> UTF8String.fromString(value.toString().isEmpty() ? "0s" : value.toString());
      case ASCII, TEXT, UUID, TIMEUUID -> UTF8String.fromString(value.toString());
      case INET -> UTF8String.fromString(((InetAddress) value).getHostAddress());
      case VARINT -> Decimal.apply(new BigDecimal((BigInteger) value), 38, 0);
      case DECIMAL -> Decimal.apply((BigDecimal) value, 38, 18);
      case BLOB -> Bytes.getArray((ByteBuffer) value);
      case TIMESTAMP -> ((Instant) value).toEpochMilli() * 1000;
      case DATE -> (int) ((LocalDate) value).toEpochDay();
      case TIME -> ((LocalTime) value).toNanoOfDay();
      default -> value;
    };
  }

  private static List<Object> list(CqlVector<?> vector) {
    List<Object> elements = new ArrayList<>();
    vector.forEach(elements::add);
    return elements;
  }

  private static ArrayData array(DataType element, Collection<?> values) {
    return new GenericArrayData(values.stream().map(value -> of(element, value)).toArray());
  }

  private static InternalRow struct(DataType type, GettableByIndex value) {
    List<DataType> types = TypeMapping.fieldTypes(type);
    @Nullable Object[] fields = new @Nullable Object[types.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = value.isNull(i) ? null : of(types.get(i), value.get(i, codec(types.get(i))));
    }
    return new GenericInternalRow(fields);
  }

  /** What Spark's accessors say, in a form that can be compared. */
  static @Nullable Object read(
      SpecializedGetters row, int ordinal, org.apache.spark.sql.types.DataType type) {
    if (row.isNullAt(ordinal)) {
      return null;
    } else if (type instanceof ArrayType array) {
      return readAll(row.getArray(ordinal), array.elementType());
    } else if (type instanceof org.apache.spark.sql.types.MapType map) {
      MapData data = row.getMap(ordinal);
      return List.of(
          readAll(data.keyArray(), map.keyType()), readAll(data.valueArray(), map.valueType()));
    } else if (type instanceof StructType struct) {
      InternalRow fields = row.getStruct(ordinal, struct.fields().length);
      List<@Nullable Object> values = new ArrayList<>();
      for (StructField field : struct.fields()) {
        values.add(read(fields, values.size(), field.dataType()));
      }
      return values;
    } else if (type instanceof DecimalType decimal) {
      return row.getDecimal(ordinal, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    }
    return switch (type.typeName()) {
      case "string" -> row.getUTF8String(ordinal).toString();
      case "byte" -> row.getByte(ordinal);
      case "short" -> row.getShort(ordinal);
      case "integer", "date" -> row.getInt(ordinal);
      case "long", "timestamp" -> row.getLong(ordinal);
      case "float" -> row.getFloat(ordinal);
      case "double" -> row.getDouble(ordinal);
      case "boolean" -> row.getBoolean(ordinal);
      case "binary" -> ByteBuffer.wrap(row.getBinary(ordinal));
      default -> throw new AssertionError(type);
    };
  }

  private static List<@Nullable Object> readAll(
      ArrayData array, org.apache.spark.sql.types.DataType type) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < array.numElements(); i++) {
      values.add(read(array, i, type));
    }
    return values;
  }
}
