// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.ringside.spark.config.RowConfigFixture;
import io.ringside.spark.config.WriteConversion;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What values of other types become in a cell, and which do not fit. */
class ConversionsTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private static org.apache.spark.sql.types.DataType spark(String ddl) {
    return org.apache.spark.sql.types.DataType.fromDDL(ddl);
  }

  private static CellEncoder encoder(
      DataType cql, org.apache.spark.sql.types.DataType spark, WriteConversion conversion) {
    return CellEncoders.of(
        ColumnSpec.of("c", cql, ColumnKind.REGULAR), spark, RowConfigFixture.of(conversion, TOKYO));
  }

  /** What the driver reads from the cell that a value becomes. */
  private static Object converted(
      DataType cql, org.apache.spark.sql.types.DataType spark, Object value) {
    var cell =
        encoder(cql, spark, WriteConversion.BY_VALUE)
            .encode(new GenericInternalRow(new Object[] {value}), 0);
    return Objects.requireNonNull(
        CodecRegistry.DEFAULT.codecFor(cql).decode(cell, ProtocolVersion.DEFAULT));
  }

  private static Arguments of(DataType cql, String ddl, Object value, Object expected) {
    Object internal = value instanceof String text ? UTF8String.fromString(text) : value;
    return Arguments.of(cql, spark(ddl), internal, expected);
  }

  private static Decimal decimal(String digits) {
    return Decimal.apply(new BigDecimal(digits));
  }

  static Stream<Arguments> fittingNumbers() {
    return Stream.of(
        of(DataTypes.TINYINT, "bigint", -128L, (byte) -128),
        of(DataTypes.TINYINT, "string", " 7 ", (byte) 7),
        of(DataTypes.SMALLINT, "int", 32767, (short) 32767),
        of(DataTypes.SMALLINT, "double", -5.0, (short) -5),
        of(DataTypes.INT, "bigint", 2147483647L, 2147483647),
        of(DataTypes.INT, "float", 3.0f, 3),
        of(DataTypes.INT, "decimal(5,2)", decimal("7.00"), 7),
        of(DataTypes.BIGINT, "double", -0x1p63, Long.MIN_VALUE),
        of(DataTypes.BIGINT, "string", "-9223372036854775808", Long.MIN_VALUE),
        of(DataTypes.COUNTER, "decimal(20,0)", decimal("12"), 12L),
        of(DataTypes.FLOAT, "double", 0.1, 0.1f),
        of(DataTypes.FLOAT, "double", Double.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY),
        of(DataTypes.FLOAT, "int", 16777216, 16777216f),
        of(DataTypes.FLOAT, "decimal(3,1)", decimal("1.5"), 1.5f),
        of(DataTypes.FLOAT, "string", "1e38", 1e38f),
        of(DataTypes.DOUBLE, "bigint", 1L << 53, 0x1p53),
        of(DataTypes.DOUBLE, "bigint", Long.MIN_VALUE, -0x1p63),
        of(DataTypes.DOUBLE, "decimal(38,18)", decimal("0.1"), 0.1),
        of(DataTypes.DOUBLE, "string", "-Infinity", Double.NEGATIVE_INFINITY),
        of(DataTypes.DOUBLE, "string", "0", 0.0),
        of(DataTypes.DOUBLE, "string", " nan", Double.NaN),
        of(DataTypes.VARINT, "double", 1e20, new BigInteger("100000000000000000000")),
        of(DataTypes.VARINT, "string", "-1", BigInteger.ONE.negate()),
        of(DataTypes.DECIMAL, "double", 0.1, new BigDecimal("0.1")),
        of(DataTypes.DECIMAL, "float", 1.5f, new BigDecimal("1.5")),
        of(DataTypes.DECIMAL, "double", 1e10, new BigDecimal("10000000000")),
        of(DataTypes.DECIMAL, "string", "1.50", new BigDecimal("1.50")));
  }

  static Stream<Arguments> fittingTextsAndTimes() {
    return Stream.of(
        of(DataTypes.BOOLEAN, "string", "Yes", true),
        of(DataTypes.BOOLEAN, "string", "0", false),
        of(DataTypes.TEXT, "int", -7, "-7"),
        of(DataTypes.TEXT, "double", 1.5, "1.5"),
        of(DataTypes.TEXT, "decimal(20,3)", decimal("1.500"), "1.500"),
        of(DataTypes.ASCII, "boolean", true, "true"),
        of(DataTypes.TEXT, "date", 0, "1970-01-01"),
        of(DataTypes.TEXT, "timestamp", 1_500_000L, "1970-01-01 09:00:01.5"),
        of(DataTypes.TEXT, "timestamp_ntz", 0L, "1970-01-01 00:00:00"),
        of(DataTypes.DATE, "string", "2026-01-31", LocalDate.of(2026, 1, 31)),
        of(DataTypes.DATE, "timestamp", -1L, LocalDate.of(1970, 1, 1)),
        of(DataTypes.DATE, "timestamp_ntz", -1L, LocalDate.of(1969, 12, 31)),
        of(DataTypes.TIMESTAMP, "date", 1, Instant.parse("1970-01-01T15:00:00Z")),
        of(
            DataTypes.TIMESTAMP,
            "string",
            "2026-01-31 12:00:00.123",
            Instant.parse("2026-01-31T03:00:00.123Z")),
        of(
            DataTypes.TIMESTAMP,
            "string",
            "2026-01-31T12:00:00Z",
            Instant.parse("2026-01-31T12:00:00Z")),
        of(DataTypes.TIME, "string", "12:00:00.5", LocalTime.of(12, 0, 0, 500_000_000)));
  }

  @ParameterizedTest
  @MethodSource({"fittingNumbers", "fittingTextsAndTimes"})
  void convertsValuesThatFit(
      DataType cql, org.apache.spark.sql.types.DataType spark, Object value, Object expected) {
    assertThat(converted(cql, spark, value)).isEqualTo(expected);
    assertThatThrownBy(() -> encoder(cql, spark, WriteConversion.STRICT))
        .hasMessageContaining("does not fit CQL type");
  }

  static Stream<Arguments> others() {
    return Stream.of(
        of(DataTypes.TINYINT, "int", 128, "is outside -128 to 127"),
        of(DataTypes.INT, "bigint", 1L << 31, "is outside -2147483648 to 2147483647"),
        of(DataTypes.INT, "double", 1.5, "has a fraction"),
        of(DataTypes.INT, "double", Double.NaN, "is not finite"),
        of(DataTypes.INT, "string", "7.5", "is no whole number of 64 bits"),
        of(DataTypes.INT, "string", "", "is no whole number of 64 bits"),
        of(DataTypes.BIGINT, "double", 0x1p63, "is beyond 64 bits"),
        of(DataTypes.BIGINT, "decimal(38,1)", decimal("0.1"), "has a fraction"),
        of(DataTypes.FLOAT, "double", 1e39, "is too great for a float"),
        of(DataTypes.FLOAT, "string", "1e39", "is too great for a float"),
        of(DataTypes.FLOAT, "int", 16777217, "has more digits than a float keeps"),
        of(DataTypes.DOUBLE, "bigint", Long.MAX_VALUE, "has more digits than a double keeps"),
        of(DataTypes.DOUBLE, "string", "1e400", "is too great for a double"),
        of(DataTypes.DOUBLE, "string", "seven", "is no number"),
        of(DataTypes.VARINT, "string", "0.5", "has a fraction"),
        of(DataTypes.DECIMAL, "double", Double.POSITIVE_INFINITY, "is not finite"),
        of(DataTypes.DECIMAL, "string", "1e2000000000", "has more than 10000 digits"),
        of(DataTypes.BOOLEAN, "string", "maybe", "is none of true and false"),
        of(DataTypes.DATE, "string", "tomorrow", "is no date such as 2026-01-31"),
        of(DataTypes.TIMESTAMP, "string", "soon", "is no timestamp such as 2026-01-31 12:00:00"),
        of(DataTypes.TIME, "string", "24:00:00", "is no time such as 12:00:00.5"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void namesColumnAndTypesOfAValueThatDoesNotFit(
      DataType cql, org.apache.spark.sql.types.DataType spark, Object value, String reason) {
    assertThatThrownBy(() -> converted(cql, spark, value))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessage(
            "Cannot write column 'c': a value of Spark type %s does not fit CQL type %s: it %s. Correct the value or use null. [INVALID_VALUE]"
                .formatted(spark.catalogString(), cql.asCql(true, true), reason));
  }

  @ParameterizedTest
  @MethodSource("meaningless")
  void refusesTypesWithoutOneMeaning(DataType cql, String ddl, String advice) {
    assertThatThrownBy(() -> encoder(cql, spark(ddl), WriteConversion.BY_VALUE))
        .hasMessageContaining("does not fit CQL type")
        .hasMessageContaining(advice);
  }

  static Stream<Arguments> meaningless() {
    return Stream.of(
        Arguments.of(DataTypes.TIMESTAMP, "bigint", "timestamp_seconds, timestamp_millis"),
        Arguments.of(DataTypes.TEXT, "binary", "Cast it to string"),
        Arguments.of(DataTypes.TEXT, "array<int>", "Make a text of it by to_json"),
        Arguments.of(DataTypes.TEXT, "struct<a:int>", "Make a text of it by to_json"),
        Arguments.of(DataTypes.DATE, "int", "Write date instead"),
        Arguments.of(DataTypes.INT, "boolean", "Cast it to int"));
  }

  @Test
  void convertsWhatIsInsideOfCollections() {
    GenericArrayData longs = new GenericArrayData(new Object[] {1L, 2L});
    assertThat(converted(DataTypes.setOf(DataTypes.INT), spark("array<bigint>"), longs))
        .isEqualTo(Set.of(1, 2));
    ArrayBasedMapData map =
        new ArrayBasedMapData(
            new GenericArrayData(new Object[] {UTF8String.fromString("1")}),
            new GenericArrayData(new Object[] {0.5}));
    assertThat(
            converted(
                DataTypes.mapOf(DataTypes.INT, DataTypes.FLOAT), spark("map<string,double>"), map))
        .isEqualTo(Map.of(1, 0.5f));
    assertThatThrownBy(
            () ->
                converted(
                    DataTypes.listOf(DataTypes.TINYINT),
                    spark("array<bigint>"),
                    new GenericArrayData(new Object[] {300L})))
        .hasMessageContaining("column 'c.element'");
  }

  @Test
  void keysThatBecomeOneKeyAreAnError() {
    ArrayBasedMapData map =
        new ArrayBasedMapData(
            new GenericArrayData(
                new Object[] {UTF8String.fromString("1"), UTF8String.fromString("01")}),
            new GenericArrayData(new Object[] {1, 2}));
    assertThatThrownBy(
            () ->
                converted(
                    DataTypes.mapOf(DataTypes.INT, DataTypes.INT), spark("map<string,int>"), map))
        .hasMessageContaining("two keys of a map are one key");
  }

  @Property
  void wholeNumbersComeBackFromTexts(@ForAll long value) {
    Object text = UTF8String.fromString(Long.toString(value));
    assertThat(converted(DataTypes.BIGINT, spark("string"), text)).isEqualTo(value);
    assertThat(converted(DataTypes.TEXT, spark("bigint"), value)).isEqualTo(text.toString());
  }

  @Property
  void doublesComeBackFromDecimals(@ForAll double value) {
    BigDecimal decimal = (BigDecimal) converted(DataTypes.DECIMAL, spark("double"), value);
    assertThat(decimal.doubleValue()).isEqualTo(value == 0 ? 0.0 : value);
  }
}
