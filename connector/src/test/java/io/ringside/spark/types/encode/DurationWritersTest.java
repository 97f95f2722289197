// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DurationWritersTest {
  private static final long HOUR_MICROS = 3_600_000_000L;

  private static @Nullable CqlDuration written(DataType spark, Object value) {
    ColumnSpec column =
        ColumnSpec.of(
            "d", com.datastax.oss.driver.api.core.type.DataTypes.DURATION, ColumnKind.REGULAR);
    return TypeCodecs.DURATION.decode(
        CellEncoders.of(column, spark).encode(new GenericInternalRow(new Object[] {value}), 0),
        ProtocolVersion.DEFAULT);
  }

  @Test
  void takesMonths() {
    assertThat(written(DataTypes.createYearMonthIntervalType(), 14))
        .isEqualTo(CqlDuration.newInstance(14, 0, 0));
    assertThat(written(DataTypes.createYearMonthIntervalType(), -1))
        .isEqualTo(CqlDuration.newInstance(-1, 0, 0));
  }

  @Test
  void takesDaysAndWhatIsLeftOfOne() {
    assertThat(written(DataTypes.createDayTimeIntervalType(), 49 * HOUR_MICROS))
        .isEqualTo(CqlDuration.newInstance(0, 2, 3_600_000_000_000L));
    assertThat(written(DataTypes.createDayTimeIntervalType(), -49 * HOUR_MICROS))
        .isEqualTo(CqlDuration.newInstance(0, -2, -3_600_000_000_000L));
    assertThat(written(DataTypes.createDayTimeIntervalType(), 0L))
        .isEqualTo(CqlDuration.newInstance(0, 0, 0));
  }

  @Test
  void takesTheLongestIntervals() {
    assertThat(written(DataTypes.createDayTimeIntervalType(), Long.MAX_VALUE))
        .isEqualTo(CqlDuration.newInstance(0, 106_751_991, 14_454_775_807_000L));
    assertThat(written(DataTypes.createYearMonthIntervalType(), Integer.MAX_VALUE))
        .isEqualTo(CqlDuration.newInstance(Integer.MAX_VALUE, 0, 0));
  }

  @Test
  void takesIntervalsOfAllParts() {
    assertThat(written(DataTypes.CalendarIntervalType, new CalendarInterval(1, 2, 3)))
        .isEqualTo(CqlDuration.newInstance(1, 2, 3000));
  }

  @Test
  void refusesPartsOfDifferentSigns() {
    assertThatThrownBy(
            () -> written(DataTypes.CalendarIntervalType, new CalendarInterval(1, -2, 0)))
        .hasMessageContaining("Cannot write column 'd': an interval has parts of different signs");
  }

  @Test
  void refusesMoreNanosecondsThanALongHolds() {
    assertThatThrownBy(
            () -> written(DataTypes.CalendarIntervalType, new CalendarInterval(0, 0, 1L << 62)))
        .hasMessageContaining("more nanoseconds than 64 bits hold");
  }
}
