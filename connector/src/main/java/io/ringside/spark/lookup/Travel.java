// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The types in which values go through a task's {@code Row}s, so that each comes out as it went in.
 * Texts go as bytes, since a {@code String} would replace those that are not UTF-8, and takes
 * longer; maps as arrays of their entries, whose order a Scala map loses; dates and timestamps as
 * {@code java.time} has them, since the older classes move days of the year 1582. Everything else
 * goes as it is. Driver only.
 */
final class Travel {
  private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";

  private static final String KEY = "key";
  private static final String VALUE = "value";

  private Travel() {}

  /** The type in which values of a type go. */
  static DataType of(DataType type) {
    if (type instanceof StringType) {
      return DataTypes.BinaryType;
    } else if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(of(array.elementType()), array.containsNull());
    } else if (type instanceof MapType map) {
      return DataTypes.createArrayType(of(entry(map)), false);
    } else if (type instanceof StructType struct) {
      StructType travelling = new StructType();
      for (StructField field : struct.fields()) {
        travelling = travelling.add(field.name(), of(field.dataType()), field.nullable());
      }
      return travelling;
    }
    return type;
  }

  /** Makes Spark read and write rows of such types. */
  static Encoder<Row> encoder(StructType travelling) {
    SQLConf conf = SQLConf.get().clone();
    conf.setConfString(JAVA_TIME, "true");
    return SQLConf.withExistingConf(conf, () -> Encoders.row(travelling));
  }

  /** A column's values as they go. */
  static Column depart(Column column, DataType type) {
    if (!hasMap(type)) {
      return cast(column, type, of(type));
    } else if (type instanceof MapType map) {
      Column entries = map_entries(column);
      return depart(entries, DataTypes.createArrayType(entry(map), false));
    }
    return inside(column, type, Travel::depart);
  }

  /**
   * The column whose values went.
   *
   * @param type what it was
   */
  static Column arrive(Column travelled, DataType type) {
    if (!hasMap(type)) {
      return cast(travelled, of(type), type);
    } else if (type instanceof MapType map) {
      return map_from_entries(arrive(travelled, DataTypes.createArrayType(entry(map), false)));
    }
    return inside(travelled, type, Travel::arrive);
  }

  private static Column inside(
      Column column, DataType type, BiFunction<Column, DataType, Column> change) {
    if (type instanceof ArrayType array) {
      return transform(column, element -> change.apply(element, array.elementType()));
    }
    Column[] fields =
        Arrays.stream(((StructType) type).fields())
            .map(
                field ->
                    change
                        .apply(column.getField(field.name()), field.dataType())
                        .as(field.name(), field.metadata()))
            .toArray(Column[]::new);
    return when(column.isNull(), lit(null)).otherwise(struct(fields));
  }

  private static StructType entry(MapType map) {
    return new StructType()
        .add(KEY, map.keyType(), false)
        .add(VALUE, map.valueType(), map.valueContainsNull());
  }

  private static boolean hasMap(DataType type) {
    if (type instanceof ArrayType array) {
      return hasMap(array.elementType());
    } else if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> hasMap(field.dataType()));
    }
    return type instanceof MapType;
  }

  private static Column cast(Column column, DataType from, DataType to) {
    return from.equals(to) ? column : column.cast(to);
  }
}
