// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import java.util.Arrays;

/**
 * Where the values inside of a page's cells begin and how long they are: two growing arrays, used
 * again for every page, so that a value within a collection costs no object. Not thread-safe.
 */
final class CellSlices {
  private static final int FIRST_CAPACITY = 64;
  private static final int NULL = -1;

  private int[] starts = new int[FIRST_CAPACITY];
  private int[] sizes = new int[FIRST_CAPACITY];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** A value that is there, from an index of the page's array on. */
  void add(int start, int size) {
    grow();
    starts[count] = start;
    sizes[count++] = size;
  }

  void addNull() {
    grow();
    sizes[count++] = NULL;
  }

  private void grow() {
    if (count == sizes.length) {
      starts = Arrays.copyOf(starts, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
    }
  }

  /** Where each value begins; valid until the next one is added, as are the sizes. */
  int[] starts() {
    return starts;
  }

  int[] sizes() {
    return sizes;
  }
}
