// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.types.TypeErrors;
import io.ringside.spark.types.TypeMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writers of tuples, field by field in their order, and of user-defined types, by field name. Both
 * have all fields one after another, each after its length, which is -1 for null. There is none,
 * null, for types that are no such structs.
 */
final class StructWriters {
  private static final int NULL = -1;

  /** For a field that the struct does not have. */
  private static final int ABSENT = -1;

  private StructWriters() {}

  static @Nullable ValueWriter ofTuple(
      TupleType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    int size = cql.getComponentTypes().size();
    if (!(spark instanceof StructType struct) || struct.fields().length != size) {
      return null;
    }
    int[] ordinals = new int[size];
    Arrays.setAll(ordinals, i -> i);
    return writer(cql, struct, ordinals, target, inner);
  }

  /**
   * A writer that takes each field from the struct's field of the same name, or else of the same
   * name in another case; a field that the struct does not have is null.
   */
  static @Nullable ValueWriter ofUdt(
      UserDefinedType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    if (!(spark instanceof StructType struct)) {
      return null;
    }
    List<String> names = TypeMapping.fieldNames(cql);
    int[] ordinals = new int[names.size()];
    Arrays.fill(ordinals, ABSENT);
    String[] given = struct.fieldNames();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      int field = indexOf(names, given[i]);
      if (field < 0) {
        unknown.add(given[i]);
      } else if (ordinals[field] != ABSENT) {
        throw EncodeErrors.invalidSchema(
            target.path(),
            "its data has both a field '%s' and a field '%s' for the field '%s' of %s"
                .formatted(given[ordinals[field]], given[i], names.get(field), TypeErrors.cql(cql)),
            "Drop or rename one of them");
      } else {
        ordinals[field] = i;
      }
    }
    if (!unknown.isEmpty()) {
      throw EncodeErrors.invalidSchema(
          target.path(),
          "%s has no field '%s'".formatted(TypeErrors.cql(cql), String.join("', '", unknown)),
          "Its fields are %s; drop or rename the others".formatted(names));
    }
    return writer(cql, struct, ordinals, target, inner);
  }

  private static int indexOf(List<String> names, String name) {
    int exact = names.indexOf(name);
    for (int i = 0; i < names.size() && exact < 0; i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        exact = i;
      }
    }
    return exact;
  }

  private static ValueWriter writer(
      com.datastax.oss.driver.api.core.type.DataType cql,
      StructType struct,
      int[] ordinals,
      WriteTarget target,
      ValueWriter.Maker inner) {
    List<String> names = TypeMapping.fieldNames(cql);
    var types = TypeMapping.fieldTypes(cql);
    @Nullable ValueWriter[] fields = new @Nullable ValueWriter[ordinals.length];
    for (int f = 0; f < fields.length; f++) {
      if (ordinals[f] != ABSENT) {
        fields[f] =
            inner.writer(
                types.get(f), struct.fields()[ordinals[f]].dataType(), target.part(names.get(f)));
      }
    }
    int given = struct.fields().length;
    return (row, ordinal, out) -> {
      InternalRow values = row.getStruct(ordinal, given);
      for (int f = 0; f < fields.length; f++) {
        ValueWriter field = fields[f];
        if (field == null || values.isNullAt(ordinals[f])) {
          out.writeInt(NULL);
        } else {
          int at = out.beginSized();
          field.write(values, ordinals[f], out);
          out.endSized(at);
        }
      }
    };
  }
}
