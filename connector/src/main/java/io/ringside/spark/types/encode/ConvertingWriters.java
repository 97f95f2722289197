// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.type.MapType;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.math.BigDecimal;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Writers of values whose Spark type has values that the CQL type cannot hold: each value is
 * converted if it fits, and is an error if it does not. What a value becomes is what Spark's own
 * cast makes of it, but for what a cast would change: it never cuts a fraction off, nor rounds a
 * whole number. There is none, null, for types that have nothing in common, or more than one
 * meaning, such as a number and a timestamp.
 */
final class ConvertingWriters {
  private ConvertingWriters() {}

  /** A writer for a scalar CQL type; collections and structs convert what is inside of them. */
  static @Nullable ValueWriter of(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {
    NumberConversions numbers = new NumberConversions(cql, spark, target);
    TemporalConversions times = new TemporalConversions(cql, spark, target);
    return switch (CqlKind.of(cql)) {
      case ASCII, TEXT -> text(TextConversions.of(spark, target.zone()));
      case BOOLEAN -> bool(cql, spark, target);
      case TINYINT -> NumberWriters.bytes(numbers.wholes(Byte.MIN_VALUE, Byte.MAX_VALUE));
      case SMALLINT -> NumberWriters.shorts(numbers.wholes(Short.MIN_VALUE, Short.MAX_VALUE));
      case INT -> NumberWriters.ints(numbers.wholes(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case BIGINT, COUNTER -> NumberWriters.longs(numbers.wholes());
      case FLOAT -> single(numbers.floats());
      case DOUBLE -> approximate(numbers.doubles());
      case VARINT -> varint(numbers.wholesOfAnySize());
      case DECIMAL -> decimal(numbers.decimals());
      case TIMESTAMP -> instant(times.instants(), target);
      case DATE -> date(times.days());
      case TIME -> NumberWriters.longs(times.nanosOfDay());
      case BLOB, DURATION, UUID, TIMEUUID, INET -> null;
      case LIST, SET, MAP, VECTOR, TUPLE, UDT, UNSUPPORTED -> null;
    };
  }

  /** Whether the keys of a map are converted, so that two of them may become one key. */
  static boolean convert(
      MapType cql, org.apache.spark.sql.types.MapType spark, WriteTarget target) {
    return target.converts()
        && !TypeMapping.sparkType(cql.getKeyType(), DecimalTypes.defaults(), target.path())
            .equals(spark.keyType());
  }

  private static @Nullable ValueWriter text(TextConversions.@Nullable TextGetter from) {
    return from == null ? null : (row, i, out) -> out.writeText(from.get(row, i));
  }

  private static @Nullable ValueWriter bool(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {
    if (!TextWriters.isText(spark)) {
      return null;
    }
    return (row, i, out) -> {
      Boolean truth = TextConversions.truth(row.getUTF8String(i));
      if (truth == null) {
        throw EncodeErrors.unconvertible(target.path(), cql, spark, "is none of true and false");
      }
      out.writeByte(truth ? 1 : 0);
    };
  }

  private static @Nullable ValueWriter single(NumberConversions.@Nullable DoubleGetter from) {
    return from == null
        ? null
        : (row, i, out) -> out.writeInt(Float.floatToRawIntBits((float) from.get(row, i)));
  }

  private static @Nullable ValueWriter approximate(NumberConversions.@Nullable DoubleGetter from) {
    return from == null
        ? null
        : (row, i, out) -> out.writeLong(Double.doubleToRawLongBits(from.get(row, i)));
  }

  private static @Nullable ValueWriter varint(NumberConversions.@Nullable WholeGetter from) {
    return from == null ? null : (row, i, out) -> out.writeBytes(from.get(row, i).toByteArray());
  }

  private static @Nullable ValueWriter decimal(NumberConversions.@Nullable DecimalGetter from) {
    return from == null
        ? null
        : (row, i, out) -> {
          BigDecimal value = from.get(row, i);
          out.writeInt(value.scale());
          out.writeBytes(value.unscaledValue().toByteArray());
        };
  }

  private static @Nullable ValueWriter instant(
      NumberWriters.@Nullable LongGetter micros, WriteTarget target) {
    return micros == null
        ? null
        : (row, i, out) -> out.writeLong(TemporalWriters.millis(micros.get(row, i), target.path()));
  }

  private static @Nullable ValueWriter date(NumberWriters.@Nullable LongGetter days) {
    return days == null
        ? null
        : (row, i, out) -> out.writeInt((int) days.get(row, i) ^ Integer.MIN_VALUE);
  }
}
