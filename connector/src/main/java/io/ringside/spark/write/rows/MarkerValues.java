// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellOutput;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * The values of a statement's markers, collected one after another in one array, as a request has
 * them. Used for one row after another: views are of the array that {@link #seal} made last, which
 * nobody writes to any more. One per statement and task.
 */
final class MarkerValues {
  private final CellOutput out = new CellOutput();

  /** Where each value begins, at its length, and where the last one ends. */
  private final int[] starts;

  private int count;
  private byte[] sealed = {};

  /**
   * Has no value yet.
   *
   * @param markers how many markers the statement has
   */
  MarkerValues(int markers) {
    this.starts = new int[markers + 1];
  }

  /** Forgets all values; views stay as they are. */
  void clear() {
    out.clear();
    count = 0;
  }

  /** How many values there are. */
  int count() {
    return count;
  }

  /** Bytes of all values without their lengths. */
  long bytes() {
    return out.size() - (long) Integer.BYTES * count;
  }

  /**
   * Adds a value of a Spark row, or nothing for a Spark null; returns whether a value was added.
   */
  boolean add(CellEncoder encoder, InternalRow row, int ordinal) {
    boolean added = encoder.encode(row, ordinal, out);
    if (added) {
      end();
    }
    return added;
  }

  /** Adds a value. */
  void add(ByteBuffer value) {
    out.writeSized(value);
    end();
  }

  /** Adds a number of four bytes. */
  void addInt(int value) {
    out.writeSizedInt(value);
    end();
  }

  /** Adds a number of eight bytes. */
  void addLong(long value) {
    out.writeSizedLong(value);
    end();
  }

  /** Adds a null. */
  void addNull() {
    out.writeNull();
    end();
  }

  /** Leaves the next marker without a value. */
  void addUnset() {
    out.writeUnset();
    end();
  }

  private void end() {
    starts[++count] = out.size();
  }

  /** The array of all values, for views and for a statement. */
  byte[] seal() {
    sealed = out.toByteArray();
    return sealed;
  }

  /** Whether a marker has no value: null, or not set. */
  boolean isAbsent(int marker) {
    return ByteBuffer.wrap(sealed).getInt(starts[marker]) < 0;
  }

  /** A view of a value without its length, or null when there is none. */
  @Nullable ByteBuffer view(int marker) {
    int from = starts[marker] + Integer.BYTES;
    return isAbsent(marker) ? null : ByteBuffer.wrap(sealed, from, starts[marker + 1] - from);
  }

  /**
   * Values with their lengths, to compare rows by: a view where the markers follow one another,
   * otherwise a copy.
   *
   * @param markers in ascending order, at least one
   */
  ByteBuffer views(int[] markers) {
    int first = markers[0];
    int last = markers[markers.length - 1];
    if (last - first == markers.length - 1) {
      return ByteBuffer.wrap(sealed, starts[first], starts[last + 1] - starts[first]);
    }
    CellOutput copy = new CellOutput();
    for (int marker : markers) {
      ByteBuffer value = view(marker);
      if (value == null) {
        copy.writeNull();
      } else {
        copy.writeSized(value);
      }
    }
    return ByteBuffer.wrap(copy.toByteArray());
  }
}
