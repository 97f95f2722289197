// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The orders in which Cassandra has the cells of the types that it compares for Spark. Pure. */
final class CellOrder {
  /** Ordered by their bytes as they are. */
  private static final Set<DataType> BYTES =
      Set.of(DataTypes.TEXT, DataTypes.ASCII, DataTypes.BLOB, DataTypes.INET);

  /** Ordered as the values of Java that the driver makes of them. */
  private static final Set<DataType> VALUES =
      Set.of(
          DataTypes.BOOLEAN,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.COUNTER,
          DataTypes.VARINT,
          DataTypes.DECIMAL,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP);

  private CellOrder() {}

  /** The order of cells that are neither null nor without a value, or null when unknown. */
  static @Nullable Comparator<ByteBuffer> of(DataType type) {
    if (BYTES.contains(type)) {
      return CellOrder::unsigned;
    }
    return VALUES.contains(type) ? byValue(CodecRegistry.DEFAULT.codecFor(type)) : null;
  }

  /**
   * Tells equal cells from others: as {@link #of} where there is an order, byte by byte otherwise;
   * other cells are in no particular order.
   */
  static Comparator<ByteBuffer> equality(DataType type) {
    Comparator<ByteBuffer> order = of(type);
    return order == null ? CellOrder::unsigned : order;
  }

  /** Whether the cell has a value: null has none, nor have zero bytes but in types of bytes. */
  static boolean hasValue(DataType type, @Nullable ByteBuffer cell) {
    return cell != null && (cell.hasRemaining() || BYTES.contains(type));
  }

  @SuppressWarnings("unchecked")
  private static Comparator<ByteBuffer> byValue(TypeCodec<?> codec) {
    TypeCodec<? extends Comparable<Object>> comparable =
        (TypeCodec<? extends Comparable<Object>>) codec;
    return Comparator.comparing(
        cell -> comparable.decode(cell.duplicate(), ProtocolVersion.DEFAULT),
        Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  private static int unsigned(ByteBuffer a, ByteBuffer b) {
    int mismatch = a.mismatch(b);
    if (mismatch < 0 || mismatch >= Math.min(a.remaining(), b.remaining())) {
      return Integer.compare(a.remaining(), b.remaining());
    }
    return Integer.compare(
        Byte.toUnsignedInt(a.get(a.position() + mismatch)),
        Byte.toUnsignedInt(b.get(b.position() + mismatch)));
  }
}
