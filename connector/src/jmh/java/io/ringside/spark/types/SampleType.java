// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
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
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructType;

/**
 * The types whose cells are measured, with values of a usual size: texts of 24 characters, blobs of
 * 64 bytes, collections of 5 elements, a user-defined type of a text and an int.
 */
public enum SampleType {
  ASCII,
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DURATION,
  FLOAT,
  INET,
  INT,
  SMALLINT,
  TEXT,
  TIME,
  TIMESTAMP,
  TIMEUUID,
  TINYINT,
  UUID,
  VARINT,
  LIST_OF_INT,
  LIST_OF_TEXT,
  SET_OF_TEXT,
  MAP_OF_TEXT_TO_INT,
  UDT_OF_TEXT_AND_INT,
  TUPLE_OF_TEXT_AND_INT,
  VECTOR_OF_FLOAT;

  private static final int CHARACTERS = 24;
  private static final int BLOB_BYTES = 64;
  private static final int ELEMENTS = 5;
  private static final int VECTOR_DIMENSIONS = 128;
  private static final int DECIMAL_SCALE = 2;
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  private static final UserDefinedType PERSON =
      new UserDefinedTypeBuilder(CqlIdentifier.fromCql("ks"), CqlIdentifier.fromCql("person"))
          .withField(CqlIdentifier.fromCql("name"), DataTypes.TEXT)
          .withField(CqlIdentifier.fromCql("age"), DataTypes.INT)
          .build();

  /** A column of the type. */
  ColumnSpec column() {
    return ColumnSpec.of("c", cql(), ColumnKind.REGULAR);
  }

  /** The type that Spark has for it. */
  org.apache.spark.sql.types.DataType spark() {
    return TypeMapping.sparkType(column(), DecimalTypes.defaults());
  }

  /** A row of the one column. */
  StructType schema() {
    return new StructType().add("c", spark());
  }

  /** The type as the driver has it. */
  DataType cql() {
    return switch (this) {
      case ASCII -> DataTypes.ASCII;
      case BIGINT -> DataTypes.BIGINT;
      case BLOB -> DataTypes.BLOB;
      case BOOLEAN -> DataTypes.BOOLEAN;
      case DATE -> DataTypes.DATE;
      case DECIMAL -> DataTypes.DECIMAL;
      case DOUBLE -> DataTypes.DOUBLE;
      case DURATION -> DataTypes.DURATION;
      case FLOAT -> DataTypes.FLOAT;
      case INET -> DataTypes.INET;
      case INT -> DataTypes.INT;
      case SMALLINT -> DataTypes.SMALLINT;
      case TEXT -> DataTypes.TEXT;
      case TIME -> DataTypes.TIME;
      case TIMESTAMP -> DataTypes.TIMESTAMP;
      case TIMEUUID -> DataTypes.TIMEUUID;
      case TINYINT -> DataTypes.TINYINT;
      case UUID -> DataTypes.UUID;
      case VARINT -> DataTypes.VARINT;
      case LIST_OF_INT -> DataTypes.listOf(DataTypes.INT);
      case LIST_OF_TEXT -> DataTypes.listOf(DataTypes.TEXT);
      case SET_OF_TEXT -> DataTypes.setOf(DataTypes.TEXT);
      case MAP_OF_TEXT_TO_INT -> DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT);
      case UDT_OF_TEXT_AND_INT -> PERSON;
      case TUPLE_OF_TEXT_AND_INT -> DataTypes.tupleOf(DataTypes.TEXT, DataTypes.INT);
      case VECTOR_OF_FLOAT -> DataTypes.vectorOf(DataTypes.FLOAT, VECTOR_DIMENSIONS);
    };
  }

  /** A value as the driver has it. */
  Object value(Random random) {
    return switch (this) {
      case ASCII, TEXT -> text(random);
      case BIGINT -> random.nextLong();
      case BLOB -> ByteBuffer.wrap(bytes(random, BLOB_BYTES));
      case BOOLEAN -> random.nextBoolean();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(30_000));
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(), DECIMAL_SCALE);
      case DOUBLE -> random.nextDouble();
      case DURATION -> CqlDuration.newInstance(1, random.nextInt(30), random.nextInt(1_000_000));
      case FLOAT -> random.nextFloat();
      case INET -> address(bytes(random, 4));
      case INT -> random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(random.nextLong(), NANOS_OF_DAY));
      case TIMESTAMP -> Instant.ofEpochSecond(Integer.toUnsignedLong(random.nextInt()));
      case TIMEUUID -> new UUID((random.nextLong() & ~0xf000L) | 0x1000L, random.nextLong());
      case TINYINT -> (byte) random.nextInt();
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case VARINT -> BigInteger.valueOf(random.nextLong());
      case LIST_OF_INT -> several(ELEMENTS, random::nextInt);
      case LIST_OF_TEXT -> several(ELEMENTS, () -> text(random));
      case SET_OF_TEXT -> new LinkedHashSet<>(several(ELEMENTS, () -> text(random)));
      case MAP_OF_TEXT_TO_INT -> {
        Map<String, Integer> map = new LinkedHashMap<>();
        while (map.size() < ELEMENTS) {
          map.put(text(random), random.nextInt());
        }
        yield map;
      }
      case UDT_OF_TEXT_AND_INT -> PERSON.newValue(text(random), random.nextInt());
      case TUPLE_OF_TEXT_AND_INT ->
          DataTypes.tupleOf(DataTypes.TEXT, DataTypes.INT).newValue(text(random), random.nextInt());
      case VECTOR_OF_FLOAT -> CqlVector.newInstance(several(VECTOR_DIMENSIONS, random::nextFloat));
    };
  }

  private static <T> List<T> several(int count, Supplier<T> value) {
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value.get());
    }
    return values;
  }

  private static String text(Random random) {
    return random
        .ints(CHARACTERS, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
