// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes the reader for each Spark type that a column of a table has. */
final class ValueReaders {
  private ValueReaders() {}

  /** A reader of values of a type. */
  static ValueReader of(DataType type) {
    if (type instanceof ArrayType array) {
      return ofArray(array);
    } else if (type instanceof MapType map) {
      return ofMap(map);
    } else if (type instanceof StructType struct) {
      return ofStruct(struct);
    } else if (type instanceof DecimalType decimal) {
      return (row, i) -> row.getDecimal(i, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    } else if (type instanceof StringType) {
      return (row, i) -> row.getUTF8String(i).getBytes();
    } else if (type instanceof DateType) {
      return (row, i) -> LocalDate.ofEpochDay(row.getInt(i));
    } else if (type instanceof TimestampType) {
      return (row, i) -> Instant.EPOCH.plus(row.getLong(i), ChronoUnit.MICROS);
    }
    return ofPrimitive(type);
  }

  private static ValueReader ofPrimitive(DataType type) {
    if (type instanceof BooleanType) {
      return SpecializedGetters::getBoolean;
    } else if (type instanceof ByteType) {
      return SpecializedGetters::getByte;
    } else if (type instanceof ShortType) {
      return SpecializedGetters::getShort;
    } else if (type instanceof IntegerType) {
      return SpecializedGetters::getInt;
    } else if (type instanceof LongType) {
      return SpecializedGetters::getLong;
    } else if (type instanceof FloatType) {
      return SpecializedGetters::getFloat;
    } else if (type instanceof DoubleType) {
      return SpecializedGetters::getDouble;
    } else if (type instanceof BinaryType) {
      return SpecializedGetters::getBinary;
    }
    throw new IllegalArgumentException(
        "Cannot read a value of type %s: no column of a table has it."
            .formatted(type.catalogString()));
  }

  private static ValueReader ofArray(ArrayType type) {
    ValueReader element = of(type.elementType());
    return (row, i) -> elements(row.getArray(i), element);
  }

  private static ValueReader ofMap(MapType type) {
    ValueReader key = of(type.keyType());
    ValueReader value = of(type.valueType());
    return (row, i) -> {
      MapData map = row.getMap(i);
      @Nullable Object[] keys = elements(map.keyArray(), key);
      @Nullable Object[] values = elements(map.valueArray(), value);
      Object[] entries = new Object[keys.length];
      for (int entry = 0; entry < entries.length; entry++) {
        entries[entry] = RowFactory.create(keys[entry], values[entry]);
      }
      return entries;
    };
  }

  private static ValueReader ofStruct(StructType type) {
    StructField[] fields = type.fields();
    ValueReader[] readers = new ValueReader[fields.length];
    for (int f = 0; f < readers.length; f++) {
      readers[f] = of(fields[f].dataType());
    }
    return (row, i) -> {
      InternalRow struct = row.getStruct(i, readers.length);
      @Nullable Object[] values = new Object[readers.length];
      for (int f = 0; f < readers.length; f++) {
        values[f] = valueOrNull(struct, f, readers[f]);
      }
      return RowFactory.create(values);
    };
  }

  private static @Nullable Object[] elements(ArrayData array, ValueReader reader) {
    @Nullable Object[] elements = new Object[array.numElements()];
    for (int e = 0; e < elements.length; e++) {
      elements[e] = valueOrNull(array, e, reader);
    }
    return elements;
  }

  /** A value, or null. */
  static @Nullable Object valueOrNull(SpecializedGetters row, int ordinal, ValueReader reader) {
    return row.isNullAt(ordinal) ? null : reader.read(row, ordinal);
  }
}
