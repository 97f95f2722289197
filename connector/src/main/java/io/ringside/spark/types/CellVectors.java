// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.schema.ColumnSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Makes the view for a column. */
public final class CellVectors {
  private CellVectors() {}

  /**
   * A view that shows nothing until its first {@link CellVector#reset}. One per column and task.
   *
   * @param sparkType what {@link TypeMapping} gives for the column; structs in it may have fewer
   *     fields, in any order, and only those are decoded
   * @throws io.ringside.spark.error.ConnectorException INVALID_SCHEMA if the column cannot be shown
   *     as that type, UNSUPPORTED_TYPE if it cannot be shown at all
   */
  public static CellVector of(ColumnSpec column, DataType sparkType) {
    return of(column.type(), sparkType, column.name());
  }

  static CellVector of(
      com.datastax.oss.driver.api.core.type.DataType cql, DataType spark, String path) {
    return switch (CqlKind.of(cql)) {
      case LIST, SET, MAP, TUPLE, UDT, VECTOR, UNSUPPORTED ->
          throw TypeErrors.unsupported(path, cql);
      case DECIMAL, VARINT -> {
        if (!(spark instanceof DecimalType decimal)) {
          throw TypeErrors.unreadable(path, cql, spark, "decimal");
        }
        yield cql.equals(com.datastax.oss.driver.api.core.type.DataTypes.DECIMAL)
            ? DecimalVector.ofDecimal(decimal, path)
            : DecimalVector.ofVarint(decimal, path);
      }
      default -> {
        DataType expected = TypeMapping.sparkType(cql, DecimalTypes.defaults(), path);
        if (!spark.equals(expected)) {
          throw TypeErrors.unreadable(path, cql, spark, expected.catalogString());
        }
        yield scalar(cql, path);
      }
    };
  }

  private static CellVector scalar(
      com.datastax.oss.driver.api.core.type.DataType cql, String path) {
    return switch (CqlKind.of(cql)) {
      case ASCII, TEXT -> new TextVectors.OfText(path);
      case UUID, TIMEUUID -> new TextVectors.OfUuid(path);
      case INET -> new TextVectors.OfInet(path);
      case DURATION -> new TextVectors.OfDuration(path);
      case BOOLEAN -> new NumberVectors.OfBoolean(path);
      case TINYINT -> new NumberVectors.OfByte(path);
      case SMALLINT -> new NumberVectors.OfShort(path);
      case INT -> new NumberVectors.OfInt(path);
      case BIGINT, COUNTER, TIME -> new NumberVectors.OfLong(path);
      case FLOAT -> new NumberVectors.OfFloat(path);
      case DOUBLE -> new NumberVectors.OfDouble(path);
      case BLOB -> new BlobVector(path);
      case TIMESTAMP -> new TemporalVectors.OfTimestamp(path);
      case DATE -> new TemporalVectors.OfDate(path);
      default -> throw TypeErrors.unsupported(path, cql);
    };
  }
}
