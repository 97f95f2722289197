// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.type.CustomType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.stream.Collectors;

/**
 * Writes CQL types as the column definitions of schema statements have them: user-defined types by
 * name alone, for they belong to the table's keyspace; tuples without {@code frozen}, which they
 * always are. {@link TypeParser} reads the same text. Pure.
 */
public final class TypeText {
  private TypeText() {}

  /** The type's text, for example {@code map<text, frozen<list<int>>>}. */
  public static String of(DataType type) {
    if (type instanceof ListType list) {
      return frozen("list<" + of(list.getElementType()) + '>', list.isFrozen());
    } else if (type instanceof SetType set) {
      return frozen("set<" + of(set.getElementType()) + '>', set.isFrozen());
    } else if (type instanceof MapType map) {
      return frozen(
          "map<" + of(map.getKeyType()) + ", " + of(map.getValueType()) + '>', map.isFrozen());
    } else if (type instanceof UserDefinedType udt) {
      return frozen(udt.getName().asCql(true), udt.isFrozen());
    } else if (type instanceof TupleType tuple) {
      return tuple.getComponentTypes().stream()
          .map(TypeText::of)
          .collect(Collectors.joining(", ", "tuple<", ">"));
    } else if (type instanceof VectorType vector) {
      return "vector<" + of(vector.getElementType()) + ", " + vector.getDimensions() + '>';
    } else if (type instanceof CustomType custom) {
      return CqlText.string(custom.getClassName());
    }
    return type.asCql(true, true);
  }

  private static String frozen(String type, boolean frozen) {
    return frozen ? "frozen<" + type + '>' : type;
  }
}
