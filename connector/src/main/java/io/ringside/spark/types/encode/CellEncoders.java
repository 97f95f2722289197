// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.type.ContainerType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import io.ringside.spark.config.RowConfig;
import io.ringside.spark.config.WriteConversion;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.TypeErrors;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.jspecify.annotations.Nullable;

/** Makes the encoder for a column. */
public final class CellEncoders {
  private CellEncoders() {}

  /**
   * An encoder from a Spark type to a column's CQL type. Made on the driver to check the schema and
   * on executors to write. Timestamps without a time zone are taken as UTC.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_SCHEMA if the Spark type cannot
   *     be written without loss, UNSUPPORTED_TYPE if the column cannot be written at all
   */
  public static CellEncoder of(ColumnSpec column, DataType sparkType) {
    return of(column, sparkType, new WriteTarget(column.name(), ZoneOffset.UTC, false));
  }

  /**
   * An encoder as the options of a write ask for it: timestamps without a time zone are of its time
   * zone, and values of other types are converted if they fit.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_SCHEMA if no value of the Spark
   *     type can be written, UNSUPPORTED_TYPE if the column cannot be written at all
   */
  public static CellEncoder of(ColumnSpec column, DataType sparkType, RowConfig rows) {
    boolean converts = rows.conversion() == WriteConversion.BY_VALUE;
    return of(column, sparkType, new WriteTarget(column.name(), rows.zone(), converts));
  }

  private static CellEncoder of(ColumnSpec column, DataType sparkType, WriteTarget target) {
    return new OfColumn(writer(column.type(), sparkType, target), new CellOutput());
  }

  /**
   * Encodes a column.
   *
   * @param own reused for cells that are asked for by themselves
   */
  private record OfColumn(ValueWriter writer, CellOutput own) implements CellEncoder {
    @Override
    public boolean encode(SpecializedGetters row, int ordinal, CellOutput out) {
      if (row.isNullAt(ordinal)) {
        return false;
      }
      int at = out.beginSized();
      writer.write(row, ordinal, out);
      out.endSized(at);
      return true;
    }

    @Override
    public @Nullable ByteBuffer encode(SpecializedGetters row, int ordinal) {
      own.clear();
      return encode(row, ordinal, own) ? ByteBuffer.wrap(own.copyOfSized(0)) : null;
    }
  }

  private static ValueWriter writer(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {
    if (spark instanceof NullType && CqlKind.of(cql) != CqlKind.UNSUPPORTED) {
      return CellEncoders::nothing;
    }
    ValueWriter writer = fitting(cql, spark, target);
    if (writer == null && target.converts()) {
      writer = ConvertingWriters.of(cql, spark, target);
    }
    if (writer == null) {
      throw EncodeErrors.unwritable(target.path(), cql, spark);
    }
    return writer;
  }

  /** The writer, or null when the Spark type does not fit without loss. */
  private static @Nullable ValueWriter fitting(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, WriteTarget target) {
    return switch (CqlKind.of(cql)) {
      case ASCII -> TextWriters.ofAscii(spark, target.path());
      case TEXT -> TextWriters.ofText(spark);
      case UUID -> TextWriters.ofUuid(spark, target.path());
      case TIMEUUID -> TextWriters.ofTimeUuid(spark, target.path());
      case INET -> TextWriters.ofInet(spark, target.path());
      case BLOB -> TextWriters.ofBlob(spark);
      case BOOLEAN -> NumberWriters.ofBoolean(spark);
      case TINYINT -> NumberWriters.ofByte(spark);
      case SMALLINT -> NumberWriters.ofShort(spark);
      case INT -> NumberWriters.ofInt(spark);
      case BIGINT, COUNTER -> NumberWriters.ofLong(spark);
      case FLOAT -> NumberWriters.ofFloat(spark);
      case DOUBLE -> NumberWriters.ofDouble(spark);
      case VARINT -> NumberWriters.ofVarint(spark);
      case DECIMAL -> NumberWriters.ofDecimal(spark);
      case TIMESTAMP -> TemporalWriters.ofTimestamp(spark, target);
      case DATE -> TemporalWriters.ofDate(spark);
      case TIME -> TemporalWriters.ofTime(spark, target.path());
      case DURATION -> DurationWriters.of(spark, target.path());
      case LIST, SET ->
          CollectionWriters.ofList((ContainerType) cql, spark, target, CellEncoders::writer);
      case MAP -> CollectionWriters.ofMap((MapType) cql, spark, target, CellEncoders::writer);
      case VECTOR ->
          CollectionWriters.ofVector((VectorType) cql, spark, target, CellEncoders::writer);
      case TUPLE -> StructWriters.ofTuple((TupleType) cql, spark, target, CellEncoders::writer);
      case UDT -> StructWriters.ofUdt((UserDefinedType) cql, spark, target, CellEncoders::writer);
      case UNSUPPORTED -> throw TypeErrors.unsupported(target.path(), cql);
    };
  }

  /** The one value of Spark's null type never gets here. */
  private static void nothing(SpecializedGetters row, int ordinal, CellOutput out) {
    throw new IllegalStateException("Cannot write a value of type void: it has none.");
  }
}
