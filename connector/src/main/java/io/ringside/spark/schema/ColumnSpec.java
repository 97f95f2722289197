// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import java.io.Serializable;

/**
 * A column as Cassandra describes it. Sent to executors.
 *
 * @param name the name exactly as stored, without quotes
 * @param cqlType the column's CQL type
 * @param kind its part in the primary key
 * @param descending true for a clustering column in descending order
 */
public record ColumnSpec(String name, CqlType cqlType, ColumnKind kind, boolean descending)
    implements Serializable {

  /** A column that is in ascending order if it is a clustering column. */
  public static ColumnSpec of(String name, DataType type, ColumnKind kind) {
    return new ColumnSpec(name, new CqlType(type), kind, false);
  }

  /** The driver's description of the type. */
  public DataType type() {
    return cqlType.type();
  }

  /** The name as the expressions of Spark need it: always in back quotes. */
  public String sparkReference() {
    return '`' + name.replace("`", "``") + '`';
  }

  /** Bytes of every cell of this type that is not null; 0 when they differ. */
  public int fixedWidth() {
    return switch (type().getProtocolCode()) {
      case ProtocolConstants.DataType.BOOLEAN, ProtocolConstants.DataType.TINYINT -> 1;
      case ProtocolConstants.DataType.SMALLINT -> 2;
      case ProtocolConstants.DataType.INT,
          ProtocolConstants.DataType.FLOAT,
          ProtocolConstants.DataType.DATE ->
          4;
      case ProtocolConstants.DataType.BIGINT,
          ProtocolConstants.DataType.COUNTER,
          ProtocolConstants.DataType.DOUBLE,
          ProtocolConstants.DataType.TIMESTAMP,
          ProtocolConstants.DataType.TIME ->
          8;
      case ProtocolConstants.DataType.UUID, ProtocolConstants.DataType.TIMEUUID -> 16;
      default -> 0;
    };
  }
}
