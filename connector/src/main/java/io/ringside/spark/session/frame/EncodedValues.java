// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.protocol.internal.PrimitiveCodec;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.ringside.spark.types.encode.CellOutput;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The values of a statement in one array, as a request has them: each after its length of four
 * bytes, which is negative for null and for a value that is not set. It is a list of buffers for
 * all who ask for one; these are views, made each time. Immutable, if nobody writes to the buffers.
 */
final class EncodedValues extends AbstractList<@Nullable ByteBuffer> {
  private final byte[] bytes;
  private final int count;

  /**
   * Values of an array, which nobody may write to any more.
   *
   * @param bytes each value after its length
   * @param count how many there are
   */
  EncodedValues(byte[] bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  /**
   * Copies values. The buffers' positions stay.
   *
   * @param values null for null, {@link ProtocolConstants#UNSET_VALUE} for one that is not set
   * @throws ArithmeticException when they are more than an array can hold
   */
  @SuppressWarnings("ReferenceEquality") // An empty value equals the one that stands for none.
  static EncodedValues of(@Nullable ByteBuffer[] values) {
    CellOutput out = new CellOutput();
    for (ByteBuffer value : values) {
      if (value == null) {
        out.writeNull();
      } else if (value == ProtocolConstants.UNSET_VALUE) {
        out.writeUnset();
      } else {
        out.writeSized(value);
      }
    }
    return new EncodedValues(out.toByteArray(), values.length);
  }

  /** The same values but for one, in an array of their own. */
  EncodedValues with(int index, @Nullable ByteBuffer value) {
    @Nullable ByteBuffer[] values = toArray(new @Nullable ByteBuffer[count]);
    values[index] = value;
    return of(values);
  }

  /** Bytes that the values take in a request, with their number before them. */
  int encodedSize() {
    return Short.BYTES + bytes.length;
  }

  /** Writes the values into a request, with their number before them. */
  <B> void encode(B dest, PrimitiveCodec<B> encoder) {
    encoder.writeUnsignedShort(count, dest);
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.remaining() >= Long.BYTES) {
      encoder.writeLong(source.getLong(), dest);
    }
    while (source.hasRemaining()) {
      encoder.writeByte(source.get(), dest);
    }
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public @Nullable ByteBuffer get(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "Cannot get value %d: the statement has %d.".formatted(index, count));
    }
    int at = 0;
    for (int i = 0; i < index; i++) {
      at = after(at);
    }
    return at(at);
  }

  /** Goes through the array once, where {@link #get} begins anew. */
  @Override
  public Iterator<@Nullable ByteBuffer> iterator() {
    return new Iterator<>() {
      private int at;
      private int taken;

      @Override
      public boolean hasNext() {
        return taken < count;
      }

      @Override
      public @Nullable ByteBuffer next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ByteBuffer value = at(at);
        at = after(at);
        taken++;
        return value;
      }
    };
  }

  private int length(int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  private int after(int at) {
    return at + Integer.BYTES + Math.max(0, length(at));
  }

  private @Nullable ByteBuffer at(int at) {
    int length = length(at);
    return switch (length) {
      case CellOutput.NULL_LENGTH -> null;
      case CellOutput.UNSET_LENGTH -> ProtocolConstants.UNSET_VALUE;
      default -> ByteBuffer.wrap(bytes, at + Integer.BYTES, length).slice();
    };
  }
}
