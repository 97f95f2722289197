// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Growing list of stretches of buffers: the rows of a nested {@link CellVector}. Not thread-safe;
 * reused page after page.
 */
final class Slices {
  private static final int FIRST_CAPACITY = 64;

  private ByteBuffer[] buffers = new ByteBuffer[FIRST_CAPACITY];
  private int[] starts = new int[FIRST_CAPACITY];
  private int[] sizes = new int[FIRST_CAPACITY];
  private int count;

  void clear() {
    count = 0;
  }

  /**
   * @param size in bytes, or -1 for null
   */
  void add(ByteBuffer buffer, int start, int size) {
    if (count == sizes.length) {
      int capacity = Math.multiplyExact(count, 2);
      buffers = Arrays.copyOf(buffers, capacity);
      starts = Arrays.copyOf(starts, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
    }
    buffers[count] = buffer;
    starts[count] = start;
    sizes[count] = size;
    count++;
  }

  ByteBuffer[] buffers() {
    return buffers;
  }

  int[] starts() {
    return starts;
  }

  int[] sizes() {
    return sizes;
  }

  int count() {
    return count;
  }
}
