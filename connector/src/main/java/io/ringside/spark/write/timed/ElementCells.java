// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes encoded collections and user-defined types apart and puts them together again (native
 * protocol specification, version 4, sections 6.12 to 6.15). Pure.
 */
final class ElementCells {
  private ElementCells() {}

  /**
   * The elements of a list or set, or the entries of a map, each with the lengths in front of its
   * values.
   *
   * @param collection from position to limit, which stay
   * @param values of an element: 1, or 2 for a map
   */
  static List<ByteBuffer> elements(ByteBuffer collection, int values) {
    ByteBuffer rest = collection.duplicate();
    int count = rest.getInt();
    List<ByteBuffer> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int start = rest.position();
      for (int v = 0; v < values; v++) {
        int length = rest.getInt();
        rest.position(rest.position() + length);
      }
      elements.add(rest.slice(start, rest.position() - start));
    }
    return elements;
  }

  /** A collection of elements as {@link #elements} gives them. */
  static ByteBuffer collection(List<ByteBuffer> elements) {
    int size = Integer.BYTES;
    for (ByteBuffer element : elements) {
      size += element.remaining();
    }
    ByteBuffer collection = ByteBuffer.allocate(size).putInt(elements.size());
    elements.forEach(element -> collection.put(element.duplicate()));
    return collection.flip();
  }

  /**
   * The fields of a user-defined type, null where a field is; those that the value does not have
   * are not in it.
   *
   * @param value from position to limit, which stay
   */
  static List<@Nullable ByteBuffer> fields(ByteBuffer value) {
    ByteBuffer rest = value.duplicate();
    List<@Nullable ByteBuffer> fields = new ArrayList<>();
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length < 0) {
        fields.add(null);
      } else {
        fields.add(rest.slice(rest.position(), length));
        rest.position(rest.position() + length);
      }
    }
    return fields;
  }
}
