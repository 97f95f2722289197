// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.types.VInt;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A growing array of big-endian bytes, reused row after row. Not thread-safe. */
public final class CellOutput {
  private static final int FIRST_CAPACITY = 64;

  /** The length that stands for a null, in requests of every version of the native protocol. */
  public static final int NULL_LENGTH = -1;

  /** The length that stands for a value that is not set, from version 4 of the protocol on. */
  public static final int UNSET_LENGTH = -2;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Empties the output. */
  public void clear() {
    size = 0;
  }

  /** The bytes so far. */
  public int size() {
    return size;
  }

  /** Shortens the output. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** The array behind the output; valid until the next write. */
  byte[] array() {
    return bytes;
  }

  /** The bytes so far, in an array of exactly their size. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes a cell after its length. The buffer's position stays. */
  public void writeSized(ByteBuffer cell) {
    writeInt(cell.remaining());
    int at = grow(cell.remaining());
    cell.get(cell.position(), bytes, at, cell.remaining());
  }

  /** Writes a cell of four bytes after its length. */
  public void writeSizedInt(int value) {
    writeInt(Integer.BYTES);
    writeInt(value);
  }

  /** Writes a cell of eight bytes after its length. */
  public void writeSizedLong(long value) {
    writeInt(Long.BYTES);
    writeLong(value);
  }

  /** Writes the length that stands for a null. */
  public void writeNull() {
    writeInt(NULL_LENGTH);
  }

  /** Writes the length that stands for a value that is not set. */
  public void writeUnset() {
    writeInt(UNSET_LENGTH);
  }

  void writeByte(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
  }

  void writeShort(int value) {
    int at = grow(Short.BYTES);
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  void writeInt(int value) {
    putInt(grow(Integer.BYTES), value);
  }

  void writeLong(long value) {
    putInt(grow(Long.BYTES), (int) (value >> 32));
    putInt(size - Integer.BYTES, (int) value);
  }

  void writeBytes(byte[] source) {
    int at = grow(source.length);
    System.arraycopy(source, 0, bytes, at, source.length);
  }

  void writeText(UTF8String text) {
    int at = grow(text.numBytes());
    text.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + at);
  }

  /** The shortest two's complement form, as {@link java.math.BigInteger#toByteArray} has it. */
  void writeVarint(long value) {
    long magnitude = value < 0 ? ~value : value;
    int width = (Long.SIZE - Long.numberOfLeadingZeros(magnitude)) / Byte.SIZE + 1;
    int at = grow(width);
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >> (Byte.SIZE * (width - 1 - i)));
    }
  }

  void writeUnsignedVInt(long value) {
    int width = VInt.sizeOf(value);
    int at = grow(width);
    for (int i = 0; i < width; i++) {
      int shift = Byte.SIZE * (width - 1 - i);
      bytes[at + i] = shift < Long.SIZE ? (byte) (value >>> shift) : 0;
    }
    bytes[at] |= (byte) ~(0xff >> (width - 1));
  }

  void writeVInt(long value) {
    writeUnsignedVInt(VInt.zigZag(value));
  }

  /** Leaves room for the length of the value that comes next; returns where that is. */
  int beginSized() {
    return grow(Integer.BYTES);
  }

  /** Notes the length of all that came since {@link #beginSized}. */
  void endSized(int at) {
    putInt(at, size - at - Integer.BYTES);
  }

  /**
   * The bytes of the cell that was written last, without its length.
   *
   * @param at the size of the output before that cell
   */
  public byte[] copyOfSized(int at) {
    return Arrays.copyOfRange(bytes, at + Integer.BYTES, size);
  }

  /** Puts a number before all that was written since the index. */
  void insertUnsignedVInt(int at, long value) {
    int end = size;
    writeUnsignedVInt(value);
    int width = size - end;
    byte[] number = Arrays.copyOfRange(bytes, end, size);
    System.arraycopy(bytes, at, bytes, at + width, end - at);
    System.arraycopy(number, 0, bytes, at, width);
  }

  private void putInt(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Makes room and returns where it begins. */
  private int grow(int more) {
    int at = size;
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
    }
    size = needed;
    return at;
  }
}
