// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import org.apache.spark.sql.types.DataTypes;

/** Views over cells of a fixed number of bytes, big endian. */
final class NumberVectors {
  private NumberVectors() {}

  static final class OfBoolean extends CellVector {
    OfBoolean(String path) {
      super(DataTypes.BooleanType, path, 1);
    }

    @Override
    public boolean getBoolean(int rowId) {
      int size = size(rowId);
      if (size == 1) {
        return byteAt(start(rowId)) != 0;
      }
      checkAbsent(size, 1);
      return false;
    }
  }

  static final class OfByte extends CellVector {
    OfByte(String path) {
      super(DataTypes.ByteType, path, 1);
    }

    @Override
    public byte getByte(int rowId) {
      int size = size(rowId);
      if (size == Byte.BYTES) {
        return byteAt(start(rowId));
      }
      checkAbsent(size, Byte.BYTES);
      return 0;
    }
  }

  static final class OfShort extends CellVector {
    OfShort(String path) {
      super(DataTypes.ShortType, path, 1);
    }

    @Override
    public short getShort(int rowId) {
      int size = size(rowId);
      if (size == Short.BYTES) {
        return shortAt(start(rowId));
      }
      checkAbsent(size, Short.BYTES);
      return 0;
    }
  }

  static final class OfInt extends CellVector {
    OfInt(String path) {
      super(DataTypes.IntegerType, path, 1);
    }

    @Override
    public int getInt(int rowId) {
      int size = size(rowId);
      if (size == Integer.BYTES) {
        return intAt(start(rowId));
      }
      checkAbsent(size, Integer.BYTES);
      return 0;
    }
  }

  /** Also {@code time}: nanoseconds of the day. */
  static final class OfLong extends CellVector {
    OfLong(String path) {
      super(DataTypes.LongType, path, 1);
    }

    @Override
    public long getLong(int rowId) {
      int size = size(rowId);
      if (size == Long.BYTES) {
        return longAt(start(rowId));
      }
      checkAbsent(size, Long.BYTES);
      return 0;
    }
  }

  static final class OfFloat extends CellVector {
    OfFloat(String path) {
      super(DataTypes.FloatType, path, 1);
    }

    @Override
    public float getFloat(int rowId) {
      int size = size(rowId);
      if (size == Float.BYTES) {
        return Float.intBitsToFloat(intAt(start(rowId)));
      }
      checkAbsent(size, Float.BYTES);
      return 0;
    }
  }

  static final class OfDouble extends CellVector {
    OfDouble(String path) {
      super(DataTypes.DoubleType, path, 1);
    }

    @Override
    public double getDouble(int rowId) {
      int size = size(rowId);
      if (size == Double.BYTES) {
        return Double.longBitsToDouble(longAt(start(rowId)));
      }
      checkAbsent(size, Double.BYTES);
      return 0;
    }
  }
}
