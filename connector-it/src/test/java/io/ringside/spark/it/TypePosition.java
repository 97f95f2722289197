// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.SettableByIndex;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Where in a column a scalar can be. */
enum TypePosition {
  TOP("%s"),
  LIST("list<%s>"),
  FROZEN_LIST("frozen<list<%s>>"),
  SET("set<%s>"),
  FROZEN_SET("frozen<set<%s>>"),
  MAP_KEY("map<%s, int>"),
  FROZEN_MAP_KEY("frozen<map<%s, int>>"),
  MAP_VALUE("map<int, %s>"),
  FROZEN_MAP_VALUE("frozen<map<int, %s>>"),
  TUPLE("tuple<%s, int>"),
  UDT("one_%s"),
  FROZEN_UDT("frozen<one_%s>"),
  VECTOR("vector<%s, 2>");

  private final String form;

  TypePosition(String form) {
    this.form = form;
  }

  String cql(String scalar) {
    return form.formatted(scalar);
  }

  /** Cassandra takes no durations where values are ordered. */
  boolean takes(String scalar) {
    return switch (this) {
      case SET, FROZEN_SET, MAP_KEY, FROZEN_MAP_KEY -> !scalar.equals("duration");
      default -> true;
    };
  }

  /** What is in the column of a row with these two, as the driver writes it. */
  Object of(DataType type, Object first, Object second) {
    return switch (this) {
      case TOP -> first;
      case LIST, FROZEN_LIST -> List.of(first, second, first);
      case SET, FROZEN_SET -> new LinkedHashSet<>(List.of(first, second));
      case MAP_KEY, FROZEN_MAP_KEY -> map(first, 1, second, 2);
      case MAP_VALUE, FROZEN_MAP_VALUE -> map(1, first, 2, second);
      case TUPLE -> set(((TupleType) type).newValue(), first);
      case UDT, FROZEN_UDT -> set(((UserDefinedType) type).newValue(), first);
      case VECTOR -> CqlVector.newInstance(first, second);
    };
  }

  /** What is in the column of a row with nothing in it: null where Cassandra has no empty value. */
  @Nullable Object empty(DataType type) {
    return switch (this) {
      case TOP, VECTOR -> null;
      case LIST, FROZEN_LIST -> List.of();
      case SET, FROZEN_SET -> Set.of();
      case MAP_KEY, FROZEN_MAP_KEY, MAP_VALUE, FROZEN_MAP_VALUE -> Map.of();
      case TUPLE -> set(((TupleType) type).newValue(), null);
      case UDT, FROZEN_UDT -> set(((UserDefinedType) type).newValue(), null);
    };
  }

  /** Whether Cassandra keeps {@link #empty} apart from null. */
  boolean keepsEmpty() {
    return switch (this) {
      case TOP, VECTOR, LIST, SET, MAP_KEY, MAP_VALUE -> false;
      default -> true;
    };
  }

  /** {@link #of} in the SQL of Spark; the set is given one element twice. */
  String sql(String first, String second) {
    return switch (this) {
      case TOP -> first;
      case LIST, FROZEN_LIST, SET, FROZEN_SET -> "array(%1$s, %2$s, %1$s)".formatted(first, second);
      case MAP_KEY, FROZEN_MAP_KEY -> "map(%s, 1, %s, 2)".formatted(first, second);
      case MAP_VALUE, FROZEN_MAP_VALUE -> "map(1, %s, 2, %s)".formatted(first, second);
      case TUPLE, UDT, FROZEN_UDT -> "named_struct('f', %s, 'n', 7)".formatted(first);
      case VECTOR -> "array(%s, %s)".formatted(first, second);
    };
  }

  /** {@link #empty} in the SQL of Spark. */
  String sqlEmpty(String scalar) {
    return switch (this) {
      case TOP, VECTOR -> "NULL";
      case LIST, FROZEN_LIST, SET, FROZEN_SET -> "slice(array(%s), 1, 0)".formatted(scalar);
      case MAP_KEY, FROZEN_MAP_KEY ->
          "map_from_arrays(slice(array(%s), 1, 0), slice(array(1), 1, 0))".formatted(scalar);
      case MAP_VALUE, FROZEN_MAP_VALUE ->
          "map_from_arrays(slice(array(1), 1, 0), slice(array(%s), 1, 0))".formatted(scalar);
      case TUPLE, UDT, FROZEN_UDT ->
          "named_struct('f', nullif(%1$s, %1$s), 'n', 7)".formatted(scalar);
    };
  }

  /** The column of a row that Spark has read. */
  @Nullable Object read(Row row, String column) {
    int i = row.fieldIndex(column);
    if (row.isNullAt(i)) {
      return null;
    }
    return switch (this) {
      case TOP -> TypeSamples.normal(row.get(i));
      case LIST, FROZEN_LIST, VECTOR -> TypeSamples.normal(row.getList(i));
      case SET, FROZEN_SET -> {
        List<?> elements = (List<?>) TypeSamples.normal(row.getList(i));
        Set<Object> distinct = new LinkedHashSet<>(elements);
        yield distinct.size() == elements.size() ? distinct : elements;
      }
      case MAP_KEY, FROZEN_MAP_KEY, MAP_VALUE, FROZEN_MAP_VALUE ->
          TypeSamples.normal(row.getJavaMap(i));
      case TUPLE, UDT, FROZEN_UDT -> TypeSamples.normal(row.getStruct(i));
    };
  }

  private static Map<Object, Object> map(Object k1, Object v1, Object k2, Object v2) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }

  /** A scalar, which may be null, and a seven after it. */
  @SuppressWarnings("unchecked")
  private static <T extends SettableByIndex<T>> T set(T value, @Nullable Object first) {
    T with =
        first == null ? value.setToNull(0) : value.set(0, first, (Class<Object>) javaClass(first));
    return with.setInt(1, 7);
  }

  private static Class<?> javaClass(Object value) {
    if (value instanceof ByteBuffer) {
      return ByteBuffer.class;
    }
    return value instanceof InetAddress ? InetAddress.class : value.getClass();
  }
}
