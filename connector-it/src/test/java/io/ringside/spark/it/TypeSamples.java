// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.GettableByIndex;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Values of every scalar type that are worth carrying: the least, the greatest, the odd. */
final class TypeSamples {
  private static final String MOST_DIGITS = "9".repeat(20) + "." + "9".repeat(18);

  private TypeSamples() {}

  /** At least two different values, as the driver has them. */
  static List<Object> of(String type) {
    return switch (type) {
      case "ascii" -> List.of("", "~ascii\u0001");
      case "bigint" -> List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L);
      case "blob" -> List.of(ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {0, -1, 127}));
      case "boolean" -> List.of(true, false);
      // The years that Spark can show, the last day before the calendar's reform, a change of
      // clocks.
      case "date" ->
          List.of(
              LocalDate.of(1, 1, 1),
              LocalDate.of(9999, 12, 31),
              LocalDate.of(1582, 10, 4),
              LocalDate.of(2024, 3, 31));
      case "decimal" ->
          List.of(
              new BigDecimal(MOST_DIGITS), new BigDecimal(MOST_DIGITS).negate(), BigDecimal.ONE);
      case "double" -> List.of(-Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN);
      case "duration" ->
          List.of(
              CqlDuration.newInstance(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE),
              CqlDuration.newInstance(-Integer.MAX_VALUE, -Integer.MAX_VALUE, -Long.MAX_VALUE),
              CqlDuration.from("1y2mo3d4h5m6s7ns"));
      case "float" -> List.of(-Float.MAX_VALUE, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
      case "inet" -> List.of(address("0.0.0.0"), address("2001:db8::ff00:42"), address("::"));
      case "int" -> List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
      case "smallint" -> List.of(Short.MIN_VALUE, Short.MAX_VALUE);
      case "text" -> List.of("", "Grüße, 世界 🌍", "a'b\"c\u0000\uFFFF");
      case "time" -> List.of(LocalTime.MIN, LocalTime.MAX);
      // 02:30 is skipped in Berlin on 31 March 2024, and there twice on 27 October.
      case "timestamp" ->
          List.of(
              Instant.parse("0001-01-01T00:00:00.001Z"),
              Instant.parse("9999-12-31T23:59:59.999Z"),
              Instant.parse("2024-03-31T01:30:00Z"),
              Instant.parse("2024-10-27T00:30:00Z"),
              Instant.parse("2024-10-27T01:30:00Z"));
      case "timeuuid" ->
          List.of(
              UUID.fromString("00000000-0000-1000-8080-808080808080"),
              UUID.fromString("ffffffff-ffff-1fff-bf7f-7f7f7f7f7f7f"));
      case "tinyint" -> List.of(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "uuid" ->
          List.of(
              new UUID(0, 0),
              new UUID(-1, -1),
              UUID.fromString("123e4567-e89b-42d3-a456-426614174000"));
      case "varint" ->
          List.of(
              new BigInteger("9".repeat(38)),
              new BigInteger("9".repeat(38)).negate(),
              BigInteger.ZERO);
      default -> throw new AssertionError(type);
    };
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** A scalar as a row of Spark is given it. */
  static Object external(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return Bytes.getArray(bytes);
    } else if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return normal(value);
  }

  /**
   * A value of the driver or of Spark in the one form that equal values have: tuples and vectors
   * are lists, numbers without trailing zeros, bytes in hexadecimal, text where Spark has text.
   */
  static Object normal(Object value) {
    if (value instanceof GettableByIndex fields) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        values.add(fields.isNull(i) ? null : normal(fields.getObject(i)));
      }
      return values;
    } else if (value instanceof Row fields) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        values.add(fields.isNullAt(i) ? null : normal(fields.get(i)));
      }
      return values;
    } else if (value instanceof CqlVector<?> vector) {
      return vector.stream().map(TypeSamples::normal).toList();
    } else if (value instanceof Set<?> set) {
      Set<Object> values = new HashSet<>();
      set.forEach(element -> values.add(normal(element)));
      return values;
    } else if (value instanceof List<?> list) {
      return list.stream().map(TypeSamples::normal).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new HashMap<>();
      map.forEach((key, entry) -> entries.put(normal(key), normal(entry)));
      return entries;
    }
    return normalScalar(value);
  }

  private static Object normalScalar(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    } else if (value instanceof BigInteger integer) {
      return new BigDecimal(integer).stripTrailingZeros();
    } else if (value instanceof ByteBuffer bytes) {
      return Bytes.toHexString(bytes);
    } else if (value instanceof byte[] bytes) {
      return Bytes.toHexString(bytes);
    } else if (value instanceof LocalTime time) {
      return time.toNanoOfDay();
    } else if (value instanceof InetAddress address) {
      return address.getHostAddress();
    } else if (value instanceof UUID || value instanceof CqlDuration) {
      return value.toString();
    }
    return value;
  }
}
