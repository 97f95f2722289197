// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import io.ringside.spark.schema.ColumnSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;

/** Makes the encoder for a column. */
public final class CellEncoders {
  private CellEncoders() {}

  /**
   * An encoder from a Spark type to a column's CQL type. Made on the driver to check the schema and
   * on executors to write.
   *
   * @throws io.ringside.spark.error.ConnectorException INVALID_SCHEMA if the Spark type cannot be
   *     written without loss, UNSUPPORTED_TYPE if the column cannot be written at all
   */
  public static CellEncoder of(ColumnSpec column, DataType sparkType) {
    ValueWriter writer = writer(column.type(), sparkType, column.name());
    CellOutput out = new CellOutput();
    return (row, ordinal) -> {
      if (row.isNullAt(ordinal)) {
        return null;
      }
      out.clear();
      writer.write(row, ordinal, out);
      return out.toBuffer();
    };
  }

  static ValueWriter writer(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, String path) {
    if (spark instanceof NullType && CqlKind.of(cql) != CqlKind.UNSUPPORTED) {
      return CellEncoders::nothing;
    }
    return switch (CqlKind.of(cql)) {
      case TINYINT, SMALLINT, INT, BIGINT, COUNTER, VARINT, DECIMAL, FLOAT, DOUBLE, BOOLEAN ->
          NumberWriters.of(cql, spark, path);
      case ASCII, TEXT, UUID, TIMEUUID, INET, DURATION, BLOB -> TextWriters.of(cql, spark, path);
      case TIMESTAMP, DATE, TIME -> TemporalWriters.of(cql, spark, path);
      case LIST, SET -> CollectionWriters.ofList(cql, spark, path);
      case MAP -> CollectionWriters.ofMap((MapType) cql, spark, path);
      case VECTOR -> CollectionWriters.ofVector((VectorType) cql, spark, path);
      case TUPLE -> StructWriters.ofTuple((TupleType) cql, spark, path);
      case UDT -> StructWriters.ofUdt((UserDefinedType) cql, spark, path);
      case UNSUPPORTED -> throw TypeErrors.unsupported(path, cql);
    };
  }

  /** The one value of Spark's null type never gets here. */
  private static void nothing(
      org.apache.spark.sql.catalyst.expressions.SpecializedGetters row,
      int ordinal,
      CellOutput out) {
    throw new IllegalStateException("Cannot write a value of type void: it has none.");
  }
}
