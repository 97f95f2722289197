// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import io.ringside.spark.types.InetText;
import io.ringside.spark.types.UuidText;
import io.ringside.spark.types.VInt;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Views that show cells as strings: texts in place, the others in their text form. */
final class TextVectors {
  private TextVectors() {}

  /** {@code text} and {@code ascii}: the string lies over the page's own bytes. */
  static final class OfText extends CellVector {
    OfText(String path) {
      super(DataTypes.StringType, path, 0);
    }

    @Override
    public @Nullable UTF8String getUTF8String(int rowId) {
      int size = size(rowId);
      if (size < 0) {
        return null;
      }
      return UTF8String.fromBytes(bytes(), start(rowId), size);
    }
  }

  /** {@code uuid} and {@code timeuuid}: 36 lower-case characters. */
  static final class OfUuid extends CellVector {
    OfUuid(String path) {
      super(DataTypes.StringType, path, 1);
    }

    @Override
    public @Nullable UTF8String getUTF8String(int rowId) {
      int size = size(rowId);
      if (size != UuidText.BYTES) {
        checkAbsent(size, UuidText.BYTES);
        return null;
      }
      return UTF8String.fromBytes(UuidText.format(bytes(), start(rowId)));
    }
  }

  /** {@code inet}: the address without a host name. */
  static final class OfInet extends CellVector {
    OfInet(String path) {
      super(DataTypes.StringType, path, 1);
    }

    @Override
    public @Nullable UTF8String getUTF8String(int rowId) {
      int size = size(rowId);
      if (size != InetText.V4_BYTES && size != InetText.V6_BYTES) {
        if (size > 0) {
          throw VectorErrors.malformed(path(), size, "4 or 16 are needed");
        }
        return null;
      }
      return UTF8String.fromBytes(InetText.format(bytes(), start(rowId), size));
    }
  }

  /** {@code duration}: Cassandra's own form, for example {@code 1y2mo3d4h}; {@code 0s} for zero. */
  static final class OfDuration extends CellVector {
    OfDuration(String path) {
      super(DataTypes.StringType, path, 1);
    }

    @Override
    public @Nullable UTF8String getUTF8String(int rowId) {
      int size = size(rowId);
      if (size <= 0) {
        return null;
      }
      int monthsAt = start(rowId);
      int end = monthsAt + size;
      int daysAt = monthsAt + VInt.size(byteAt(monthsAt));
      int nanosAt = daysAt < end ? daysAt + VInt.size(byteAt(daysAt)) : end;
      if (nanosAt >= end || nanosAt + VInt.size(byteAt(nanosAt)) != end) {
        throw VectorErrors.malformed(path(), size, "months, days and nanoseconds are needed");
      }
      return UTF8String.fromString(
          text(
              VInt.signed(bytes(), monthsAt),
              VInt.signed(bytes(), daysAt),
              VInt.signed(bytes(), nanosAt)));
    }

    private String text(long months, long days, long nanos) {
      if (months == 0 && days == 0 && nanos == 0) {
        return "0s";
      }
      // The text form counts each part from zero, which the smallest number of a width does not
      // survive.
      if (Math.abs(months) > Integer.MAX_VALUE
          || Math.abs(days) > Integer.MAX_VALUE
          || nanos == Long.MIN_VALUE) {
        throw VectorErrors.unreadableValue(path(), "a duration is too long for its text form");
      }
      return CqlDuration.newInstance((int) months, (int) days, nanos).toString();
    }
  }
}
