// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Types of any nesting and values of them, as the driver has them. */
final class RandomCells {
  /** All that are not made of others; a counter cannot be within another type. */
  static final List<DataType> SCALARS =
      List.of(
          DataTypes.ASCII,
          DataTypes.BIGINT,
          DataTypes.BLOB,
          DataTypes.BOOLEAN,
          DataTypes.DATE,
          DataTypes.DECIMAL,
          DataTypes.DOUBLE,
          DataTypes.DURATION,
          DataTypes.FLOAT,
          DataTypes.INET,
          DataTypes.INT,
          DataTypes.SMALLINT,
          DataTypes.TEXT,
          DataTypes.TIME,
          DataTypes.TIMESTAMP,
          DataTypes.TIMEUUID,
          DataTypes.TINYINT,
          DataTypes.UUID,
          DataTypes.VARINT);

  private static final List<String> TEXTS = List.of("", "plain", "Grüße, 世界 🌍", "a'b\"c\u0000");
  private static final List<String> DURATIONS = List.of("0s", "1y2mo3d4h5m6s7ns", "-1mo2d");
  private static final int NESTED_KINDS = 6;
  private static final int MOST_ELEMENTS = 4;

  private final Random random;

  RandomCells(long seed) {
    this.random = new Random(seed);
  }

  /** A type with at most so many others around its scalars. */
  DataType type(int depth) {
    if (depth == 0) {
      return SCALARS.get(random.nextInt(SCALARS.size()));
    }
    return switch (random.nextInt(NESTED_KINDS)) {
      case 0 -> DataTypes.listOf(type(depth - 1), random.nextBoolean());
      case 1 -> DataTypes.setOf(type(depth - 1), random.nextBoolean());
      case 2 -> DataTypes.mapOf(type(random.nextInt(depth)), type(depth - 1));
      case 3 -> DataTypes.vectorOf(type(depth - 1), 1 + random.nextInt(MOST_ELEMENTS));
      case 4 -> DataTypes.tupleOf(type(depth - 1), type(random.nextInt(depth)));
      default ->
          new UserDefinedTypeBuilder(CqlIdentifier.fromCql("ks"), CqlIdentifier.fromCql("udt"))
              .withField(CqlIdentifier.fromInternal("First name"), type(depth - 1))
              .withField(CqlIdentifier.fromInternal("second"), type(random.nextInt(depth)))
              .withField(CqlIdentifier.fromInternal("3"), DataTypes.INT)
              .build();
    };
  }

  /** A value of a type, never null; fields of it may be. */
  Object value(DataType type) {
    return switch (CqlKind.of(type)) {
      case LIST -> elements(((ContainerType) type).getElementType(), size());
      case SET -> new LinkedHashSet<>(elements(((ContainerType) type).getElementType(), size()));
      case MAP -> map((MapType) type);
      case VECTOR ->
          CqlVector.newInstance(
              elements(
                  ((ContainerType) type).getElementType(), ((VectorType) type).getDimensions()));
      case TUPLE -> tuple((TupleType) type);
      case UDT -> udt((UserDefinedType) type);
      default -> scalar(type);
    };
  }

  private int size() {
    return random.nextInt(MOST_ELEMENTS);
  }

  private List<Object> elements(DataType type, int count) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(type));
    }
    return elements;
  }

  private Map<Object, Object> map(MapType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = size(); i > 0; i--) {
      map.put(value(type.getKeyType()), value(type.getValueType()));
    }
    return map;
  }

  private TupleValue tuple(TupleType type) {
    TupleValue value = type.newValue();
    for (int i = 0; i < type.getComponentTypes().size(); i++) {
      Object field = field(type.getComponentTypes().get(i));
      value = field == null ? value.setToNull(i) : value.set(i, field, codec(type, i));
    }
    return value;
  }

  private UdtValue udt(UserDefinedType type) {
    UdtValue value = type.newValue();
    for (int i = 0; i < type.getFieldTypes().size(); i++) {
      Object field = field(type.getFieldTypes().get(i));
      value =
          field == null
              ? value.setToNull(i)
              : value.set(i, field, SparkCells.codec(type.getFieldTypes().get(i)));
    }
    return value;
  }

  private static TypeCodec<Object> codec(TupleType type, int field) {
    return SparkCells.codec(type.getComponentTypes().get(field));
  }

  /** A value of a type, or null. */
  @Nullable Object field(DataType type) {
    return random.nextInt(3) == 0 ? null : value(type);
  }

  private Object scalar(DataType type) {
    return switch (CqlKind.of(type)) {
      case ASCII -> "ascii " + random.nextInt();
      case TEXT -> TEXTS.get(random.nextInt(TEXTS.size()));
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case INT -> random.nextInt();
      case BIGINT, COUNTER -> random.nextLong();
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> random.nextDouble();
      case VARINT -> new BigInteger(random.nextInt(120), random).negate();
      case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(120), random), 18);
      case BLOB -> {
        byte[] bytes = new byte[size()];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case TIMESTAMP -> Instant.ofEpochMilli(random.nextLong() / 10_000_000);
      case DATE -> LocalDate.ofEpochDay(random.nextInt(1_000_000) - 500_000);
      case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(random.nextLong(), 86_400_000_000_000L));
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case TIMEUUID -> new UUID((random.nextLong() & ~0xf000L) | 0x1000L, random.nextLong());
      case INET -> address(random.nextBoolean() ? 4 : 16);
      case DURATION -> CqlDuration.from(DURATIONS.get(random.nextInt(DURATIONS.size())));
      default -> throw new AssertionError(type);
    };
  }

  private InetAddress address(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
