// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.VectorType;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.FixedWidths;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Writers of lists, sets and maps (native protocol specification, section 6: a count, then each
 * value after its length), and of vectors. None of them has a place for null. There is none, null,
 * for types of another shape.
 */
final class CollectionWriters {
  private CollectionWriters() {}

  /** A writer of a list or a set, which the server sorts and rids of twins. */
  static @Nullable ValueWriter ofList(
      ContainerType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    ValueWriter element = elementWriter(cql, spark, target, inner);
    if (element == null) {
      return null;
    }
    return (row, ordinal, out) -> {
      ArrayData array = row.getArray(ordinal);
      int count = array.numElements();
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        if (array.isNullAt(i)) {
          throw nullInside(target.path(), "an element");
        }
        int at = out.beginSized();
        element.write(array, i, out);
        out.endSized(at);
      }
    };
  }

  /** A writer of a map. */
  static @Nullable ValueWriter ofMap(
      MapType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    if (!(spark instanceof org.apache.spark.sql.types.MapType map)) {
      return null;
    }
    ValueWriter key = inner.writer(cql.getKeyType(), map.keyType(), target.part("key"));
    ValueWriter value = inner.writer(cql.getValueType(), map.valueType(), target.part("value"));
    boolean sharesCells =
        CqlKind.of(cql.getKeyType()).sharesCells() || ConvertingWriters.convert(cql, map, target);
    return (row, ordinal, out) -> {
      MapData entries = row.getMap(ordinal);
      int count = entries.numElements();
      ArrayData keys = entries.keyArray();
      ArrayData values = entries.valueArray();
      Set<ByteBuffer> seen = sharesCells && count > 1 ? new HashSet<>() : null;
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        int at = out.beginSized();
        key.write(keys, i, out);
        out.endSized(at);
        if (seen != null && !seen.add(ByteBuffer.wrap(out.copyOfSized(at)))) {
          throw twinKeys(target);
        }
        if (values.isNullAt(i)) {
          throw nullInside(target.path(), "a value");
        }
        at = out.beginSized();
        value.write(values, i, out);
        out.endSized(at);
      }
    };
  }

  /** A writer of a vector; lengths of elements are there only where they differ. */
  static @Nullable ValueWriter ofVector(
      VectorType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    ValueWriter element = elementWriter(cql, spark, target, inner);
    if (element == null) {
      return null;
    }
    boolean sized = FixedWidths.of(cql.getElementType()) == 0;
    int dimensions = cql.getDimensions();
    return (row, ordinal, out) -> {
      ArrayData array = row.getArray(ordinal);
      if (array.numElements() != dimensions) {
        throw EncodeErrors.invalid(
            target.path(),
            "an array has %d elements where its vector has %d"
                .formatted(array.numElements(), dimensions),
            "Give every vector that many, or use null");
      }
      for (int i = 0; i < dimensions; i++) {
        if (array.isNullAt(i)) {
          throw nullInside(target.path(), "an element");
        }
        int at = out.size();
        element.write(array, i, out);
        if (sized) {
          out.insertUnsignedVInt(at, out.size() - (long) at);
        }
      }
    };
  }

  private static @Nullable ValueWriter elementWriter(
      ContainerType cql, DataType spark, WriteTarget target, ValueWriter.Maker inner) {
    if (!(spark instanceof ArrayType array)) {
      return null;
    }
    return inner.writer(cql.getElementType(), array.elementType(), target.part("element"));
  }

  private static InvalidInputException nullInside(String path, String what) {
    return EncodeErrors.invalid(
        path,
        what + " is null, which Cassandra cannot keep there",
        "Filter nulls out, or make the whole of it null");
  }

  /** Keys that differ in Spark alone: parts of a millisecond, spellings of an address or UUID. */
  private static InvalidInputException twinKeys(WriteTarget target) {
    return EncodeErrors.invalid(
        target.path(), "two keys of a map are one key in Cassandra", "Leave one of them out");
  }
}
