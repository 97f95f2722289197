// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.EncodedRows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scalar type against the driver's own codec, in both directions. */
class ScalarCellsTest {

  /**
   * A value as the driver and as Spark have it.
   *
   * @param driver what the driver's codec encodes
   * @param spark the same in Spark's internal form
   */
  record Case(DataType type, Object driver, Object spark) {}

  static Stream<Case> values() {
    List<Case> cases = new ArrayList<>();
    for (String text : List.of("", "plain", "Grüße, 世界 🌍", "a'b\"c\u0000")) {
      cases.add(new Case(DataTypes.TEXT, text, UTF8String.fromString(text)));
    }
    cases.add(new Case(DataTypes.ASCII, "ascii", UTF8String.fromString("ascii")));
    for (byte value : new byte[] {Byte.MIN_VALUE, 0, Byte.MAX_VALUE}) {
      cases.add(new Case(DataTypes.TINYINT, value, value));
    }
    for (short value : new short[] {Short.MIN_VALUE, 0, Short.MAX_VALUE}) {
      cases.add(new Case(DataTypes.SMALLINT, value, value));
    }
    for (int value : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
      cases.add(new Case(DataTypes.INT, value, value));
    }
    for (long value : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      cases.add(new Case(DataTypes.BIGINT, value, value));
      cases.add(new Case(DataTypes.COUNTER, value, value));
    }
    for (float value : new float[] {Float.NaN, -0.0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY}) {
      cases.add(new Case(DataTypes.FLOAT, value, value));
    }
    for (double value : new double[] {Double.NaN, -0.0, Double.MAX_VALUE, 1.0 / 3}) {
      cases.add(new Case(DataTypes.DOUBLE, value, value));
    }
    cases.add(new Case(DataTypes.BOOLEAN, true, true));
    cases.add(new Case(DataTypes.BOOLEAN, false, false));
    for (byte[] value : new byte[][] {{}, {0}, {1, -1, 127}}) {
      cases.add(new Case(DataTypes.BLOB, ByteBuffer.wrap(value), value));
    }
    for (long millis : new long[] {-62_135_596_800_000L, -1, 0, 1_700_000_000_123L}) {
      cases.add(new Case(DataTypes.TIMESTAMP, Instant.ofEpochMilli(millis), millis * 1000));
    }
    for (int day : new int[] {-719_162, -1, 0, 2_932_896}) {
      cases.add(new Case(DataTypes.DATE, LocalDate.ofEpochDay(day), day));
    }
    for (long nanos : new long[] {0, 1, 86_399_999_999_999L}) {
      cases.add(new Case(DataTypes.TIME, LocalTime.ofNanoOfDay(nanos), nanos));
    }
    for (String uuid :
        List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")) {
      cases.add(new Case(DataTypes.UUID, UUID.fromString(uuid), UTF8String.fromString(uuid)));
    }
    String timeUuid = "5b6962dd-3f90-11b2-8a2e-010203040506";
    cases.add(
        new Case(DataTypes.TIMEUUID, UUID.fromString(timeUuid), UTF8String.fromString(timeUuid)));
    for (String address : List.of("0.0.0.0", "255.254.253.1", "::1", "2001:db8::8a2e:370:7334")) {
      String shown = inet(address).getHostAddress();
      cases.add(new Case(DataTypes.INET, inet(address), UTF8String.fromString(shown)));
    }
    for (String duration : List.of("0s", "1y2mo3d4h5m6s7ms8us9ns", "-1mo2d3h")) {
      CqlDuration parsed = CqlDuration.from(duration);
      cases.add(
          new Case(
              DataTypes.DURATION,
              parsed,
              UTF8String.fromString(duration.equals("0s") ? "0s" : parsed.toString())));
    }
    for (String number :
        List.of("0", "1", "-1", "127", "128", "-129", "9223372036854775808", "9".repeat(38))) {
      BigInteger value = new BigInteger(number);
      cases.add(new Case(DataTypes.VARINT, value, Decimal.apply(new BigDecimal(value), 38, 0)));
    }
    for (String number :
        List.of(
            "0.000000000000000000",
            "1.500000000000000000",
            "-0.000000000000000001",
            "99999999999999999999.999999999999999999")) {
      BigDecimal value = new BigDecimal(number);
      cases.add(new Case(DataTypes.DECIMAL, value, Decimal.apply(value, 38, 18)));
    }
    return cases.stream();
  }

  private static InetAddress inet(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ColumnSpec column(DataType type) {
    return ColumnSpec.of("c", type, ColumnKind.REGULAR);
  }

  private static org.apache.spark.sql.types.DataType sparkType(DataType type) {
    return TypeMapping.sparkType(column(type), DecimalTypes.defaults());
  }

  private static @Nullable ByteBuffer encode(DataType type, @Nullable Object value) {
    return CellEncoders.of(column(type), sparkType(type))
        .encode(new GenericInternalRow(new @Nullable Object[] {value}), 0);
  }

  private static ByteBuffer bytes(DataType type, Object value) {
    TypeCodec<Object> codec = CodecRegistry.DEFAULT.codecFor(type);
    ByteBuffer encoded = codec.encode(value, ProtocolVersion.DEFAULT);
    assertThat(encoded).isNotNull();
    return encoded == null ? ByteBuffer.allocate(0) : encoded;
  }

  @ParameterizedTest
  @MethodSource("values")
  void encodesAsTheDriverDoes(Case value) {
    assertThat(encode(value.type(), value.spark())).isEqualTo(bytes(value.type(), value.driver()));
  }

  @ParameterizedTest
  @MethodSource("values")
  void decodesWhatTheDriverEncodes(Case value) {
    CellVector vector = CellVectors.of(column(value.type()), sparkType(value.type()));
    ByteBuffer cell = bytes(value.type(), value.driver());
    // The cell as a slice of a larger array, as pages may have it.
    byte[] page = new byte[cell.remaining() + 9];
    cell.duplicate().get(page, 5, cell.remaining());
    ByteBuffer slice = ByteBuffer.wrap(page, 5, cell.remaining());
    SparkCells.show(vector, null, cell, slice);
    assertThat(vector.isNullAt(0)).isTrue();
    assertThat(vector.numNulls()).isEqualTo(1);
    for (int row = 1; row < 3; row++) {
      assertThat(vector.isNullAt(row)).isFalse();
      assertThat(get(vector, row)).isEqualTo(value.spark());
    }
  }

  private static @Nullable Object get(CellVector vector, int row) {
    org.apache.spark.sql.types.DataType type = vector.dataType();
    if (type instanceof DecimalType decimal) {
      return vector.getDecimal(row, decimal.precision(), decimal.scale());
    }
    return switch (type.typeName()) {
      case "string" -> vector.getUTF8String(row);
      case "byte" -> vector.getByte(row);
      case "short" -> vector.getShort(row);
      case "integer", "date" -> vector.getInt(row);
      case "long", "timestamp" -> vector.getLong(row);
      case "float" -> vector.getFloat(row);
      case "double" -> vector.getDouble(row);
      case "boolean" -> vector.getBoolean(row);
      case "binary" -> vector.getBinary(row);
      default -> throw new AssertionError(type);
    };
  }

  @ParameterizedTest
  @MethodSource("values")
  void encodesNullAsNoCell(Case value) {
    assertThat(encode(value.type(), null)).isNull();
  }

  @Test
  void showsEmptyCellsOfNumbersAsNull() {
    CellVector vector = CellVectors.of(column(DataTypes.INT), sparkType(DataTypes.INT));
    SparkCells.show(vector, ByteBuffer.allocate(0));
    assertThat(vector.isNullAt(0)).isTrue();
  }

  @Test
  void refusesACellOfTheWrongSize() {
    CellVector vector = CellVectors.of(column(DataTypes.INT), sparkType(DataTypes.INT));
    SparkCells.show(vector, ByteBuffer.allocate(3));
    assertThatThrownBy(() -> vector.getInt(0))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("column 'c'")
        .hasMessageContaining("3 bytes");
  }

  @Test
  void neverRoundsADecimal() {
    CellVector vector =
        CellVectors.of(
            column(DataTypes.DECIMAL),
            org.apache.spark.sql.types.DataTypes.createDecimalType(5, 2));
    SparkCells.show(vector, bytes(DataTypes.DECIMAL, new BigDecimal("1.005")));
    assertThatThrownBy(() -> vector.getDecimal(0, 5, 2))
        .hasMessageContaining("decimal.c=precision,scale");
    SparkCells.show(vector, bytes(DataTypes.DECIMAL, new BigDecimal("999.9900")));
    assertThat(vector.getDecimal(0, 5, 2)).isEqualTo(Decimal.apply(new BigDecimal("999.99"), 5, 2));
  }

  @Test
  void survivesADecimalWithAnAbsurdScale() {
    CellVector vector = CellVectors.of(column(DataTypes.DECIMAL), sparkType(DataTypes.DECIMAL));
    BigDecimal huge = new BigDecimal(BigInteger.ONE, -2_000_000_000);
    SparkCells.show(vector, bytes(DataTypes.DECIMAL, huge));
    assertThatThrownBy(() -> vector.getDecimal(0, 38, 18)).hasMessageContaining("more digits");
  }

  @Test
  void takesPrecisionAndScaleFromOptions() {
    DecimalTypes decimals = DecimalTypes.parse(Map.of("price", "12,2"));
    assertThat(decimals.decimal("price").catalogString()).isEqualTo("decimal(12,2)");
    assertThat(decimals.decimal("other").catalogString()).isEqualTo("decimal(38,18)");
    assertThatThrownBy(() -> DecimalTypes.parse(Map.of("price", "39,2")))
        .hasMessageContaining("decimal.price");
  }

  @Test
  void refusesTextsThatAreNotOfTheirType() {
    for (var bad :
        Map.of(
                DataTypes.UUID, "nonsense",
                DataTypes.TIMEUUID, "ffffffff-ffff-4fff-bfff-ffffffffffff",
                DataTypes.INET, "example.org",
                DataTypes.DURATION, "soon",
                DataTypes.ASCII, "é")
            .entrySet()) {
      assertThatThrownBy(() -> encode(bad.getKey(), UTF8String.fromString(bad.getValue())))
          .isInstanceOf(ConnectorThrowable.class)
          .hasMessageStartingWith("Cannot write column 'c'")
          .hasMessageNotContaining(bad.getValue() + " ");
    }
  }

  @Test
  void refusesAColumnTypeThatWouldLoseValues() {
    assertThatThrownBy(
            () ->
                CellEncoders.of(
                    column(DataTypes.INT), org.apache.spark.sql.types.DataTypes.LongType))
        .hasMessageContaining("Spark type bigint does not fit CQL type int");
    assertThatThrownBy(
            () ->
                CellEncoders.of(
                    column(DataTypes.FLOAT), org.apache.spark.sql.types.DataTypes.DoubleType))
        .hasMessageContaining("Cast it to float");
  }

  @Test
  void widensNumbersThatFit() {
    ByteBuffer cell =
        CellEncoders.of(column(DataTypes.BIGINT), org.apache.spark.sql.types.DataTypes.IntegerType)
            .encode(new GenericInternalRow(new Object[] {-7}), 0);
    assertThat(cell).isEqualTo(bytes(DataTypes.BIGINT, -7L));
  }

  @Test
  void namesTheColumnWhoseTypeHasNoCounterpart() {
    ColumnSpec odd = ColumnSpec.of("odd", DataTypes.custom("org.example.Odd"), ColumnKind.REGULAR);
    assertThatThrownBy(() -> TypeMapping.sparkType(odd, DecimalTypes.defaults()))
        .hasMessageContaining("column 'odd'")
        .hasMessageContaining("org.example.Odd");
  }

  @Test
  void keepsTextInThePagesBytes() {
    byte[] page = "\0\0\0\5hello".getBytes(StandardCharsets.UTF_8);
    CellVector vector = CellVectors.of(column(DataTypes.TEXT), sparkType(DataTypes.TEXT));
    vector.reset(CellIndex.of(new EncodedRows(page, 0, 1, 1)), 0);
    UTF8String text = vector.getUTF8String(0);
    assertThat(text).isEqualTo(UTF8String.fromString("hello"));
    assertThat(text == null ? page : text.getBaseObject()).isSameAs(page);
  }
}
