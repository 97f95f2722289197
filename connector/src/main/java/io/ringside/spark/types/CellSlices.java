// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the values inside of a page's cells begin and how long they are: three growing arrays, used
 * again for every page, so that a value within a collection costs no object. Not thread-safe.
 */
final class CellSlices {
  private static final int FIRST_CAPACITY = 64;
  private static final int NULL = -1;

  private @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[FIRST_CAPACITY];
  private int[] starts = new int[FIRST_CAPACITY];
  private int[] sizes = new int[FIRST_CAPACITY];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** A value that is there, from an absolute index of its buffer on. */
  void add(ByteBuffer buffer, int start, int size) {
    grow();
    buffers[count] = buffer;
    starts[count] = start;
    sizes[count++] = size;
  }

  void addNull() {
    grow();
    buffers[count] = null;
    sizes[count++] = NULL;
  }

  private void grow() {
    if (count == sizes.length) {
      buffers = Arrays.copyOf(buffers, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
  }

  /** The buffer of each value; valid until the next one is added, as are the others. */
  @Nullable ByteBuffer[] buffers() {
    return buffers;
  }

  int[] starts() {
    return starts;
  }

  int[] sizes() {
    return sizes;
  }
}
