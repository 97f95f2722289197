// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.config.RowConfigFixture;
import io.ringside.spark.config.WriteConversion;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps without a time zone become the instants that Spark's own cast makes of them. */
class TemporalWritersTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static ByteBuffer encoded(
      DataType cql, org.apache.spark.sql.types.DataType spark, ZoneId zone, Object value) {
    ColumnSpec column = ColumnSpec.of("c", cql, ColumnKind.REGULAR);
    return Objects.requireNonNull(
        CellEncoders.of(column, spark, RowConfigFixture.of(WriteConversion.BY_VALUE, zone))
            .encode(new GenericInternalRow(new Object[] {value}), 0));
  }

  private static long millis(ZoneId zone, long localMicros) {
    return encoded(
            com.datastax.oss.driver.api.core.type.DataTypes.TIMESTAMP,
            DataTypes.TimestampNTZType,
            zone,
            localMicros)
        .getLong();
  }

  private static long micros(String local) {
    return ChronoUnit.MICROS.between(EPOCH, LocalDateTime.parse(local));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T12:00:00,2024-01-01T17:00:00",
    "2024-07-01T12:00:00,2024-07-01T16:00:00",
    // An hour that the clocks skip, and one that they show twice.
    "2024-03-10T02:30:00,2024-03-10T07:30:00",
    "2024-11-03T01:30:00,2024-11-03T05:30:00",
    "1969-12-31T18:59:59.999,1969-12-31T23:59:59.999",
    "0001-01-01T00:00:00,0001-01-01T04:56:02"
  })
  void takesALocalTimeInItsZone(String local, String utc) {
    assertThat(millis(NEW_YORK, micros(local))).isEqualTo(micros(utc) / 1000);
  }

  @Property
  void makesTheInstantOfSparksOwnCast(
      @ForAll @LongRange(min = -62_135_596_800_000_000L, max = 253_402_300_799_999_999L)
          long micros) {
    for (String zone : new String[] {"America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"}) {
      ZoneId id = ZoneId.of(zone);
      assertThat(millis(id, micros))
          .isEqualTo(Math.floorDiv(DateTimeUtils.convertTz(micros, id, ZoneOffset.UTC), 1000));
    }
  }

  @Test
  void takesLocalTimesInsideOfOtherTypes() {
    ByteBuffer list =
        encoded(
            com.datastax.oss.driver.api.core.type.DataTypes.listOf(
                com.datastax.oss.driver.api.core.type.DataTypes.TIMESTAMP),
            DataTypes.createArrayType(DataTypes.TimestampNTZType),
            NEW_YORK,
            new GenericArrayData(new Object[] {micros("2024-01-01T12:00:00")}));
    assertThat(list.getLong(list.limit() - Long.BYTES))
        .isEqualTo(micros("2024-01-01T17:00:00") / 1000);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 807})
  void refusesATimestampThatCouldNotBeReadAgain(long micros) {
    assertThatThrownBy(
            () ->
                encoded(
                    com.datastax.oss.driver.api.core.type.DataTypes.TIMESTAMP,
                    DataTypes.TimestampType,
                    NEW_YORK,
                    micros))
        .hasMessageContaining("Cannot write column 'c': a timestamp is so early");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE + 808, Long.MIN_VALUE + 1807, -1, 0, Long.MAX_VALUE})
  void takesATimestampThatCanBeReadAgain(long micros) {
    long millis =
        encoded(
                com.datastax.oss.driver.api.core.type.DataTypes.TIMESTAMP,
                DataTypes.TimestampType,
                NEW_YORK,
                micros)
            .getLong();
    assertThat(Math.multiplyExact(millis, 1000L)).isLessThanOrEqualTo(micros);
  }
}
