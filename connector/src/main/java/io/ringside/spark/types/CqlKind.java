// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.ByteType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.ShortType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The families of CQL types and what is known of each: one table, a row for each type. A decision
 * that depends on the type reads the table, or is an exhaustive switch.
 *
 * <p>A row of a scalar says the type in CQL, the type in Spark, the bytes of a value within a
 * vector, how far both compare values alike, how values and cells belong together, and what a cell
 * without bytes is.
 */
public enum CqlKind {
  ASCII(DataTypes.ASCII, StringType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  TEXT(DataTypes.TEXT, StringType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  BOOLEAN(DataTypes.BOOLEAN, BooleanType, 1, Compared.ORDER, Encoding.USUAL, NoBytes.NULL),
  TINYINT(DataTypes.TINYINT, ByteType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  SMALLINT(DataTypes.SMALLINT, ShortType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  INT(DataTypes.INT, IntegerType, 4, Compared.ORDER, Encoding.ONE, NoBytes.NULL),
  BIGINT(DataTypes.BIGINT, LongType, 8, Compared.ORDER, Encoding.ONE, NoBytes.NULL),
  COUNTER(DataTypes.COUNTER, LongType, 0, Compared.NEVER, Encoding.ONE, NoBytes.NEVER_NULL),
  FLOAT(DataTypes.FLOAT, FloatType, 4, Compared.ORDER, Encoding.USUAL, NoBytes.NULL),
  DOUBLE(DataTypes.DOUBLE, DoubleType, 8, Compared.ORDER, Encoding.USUAL, NoBytes.NULL),
  VARINT(DataTypes.VARINT, Shape.NUMBER, Compared.ORDER, Encoding.PADDED, NoBytes.NULL),
  DECIMAL(DataTypes.DECIMAL, Shape.NUMBER, Compared.ORDER, Encoding.SCALED, NoBytes.NULL),
  BLOB(DataTypes.BLOB, BinaryType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  TIMESTAMP(DataTypes.TIMESTAMP, TimestampType, 8, Compared.ORDER, Encoding.SHARED, NoBytes.NULL),
  DATE(DataTypes.DATE, DateType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  TIME(DataTypes.TIME, LongType, 0, Compared.ORDER, Encoding.ONE, NoBytes.NEVER_NULL),
  DURATION(DataTypes.DURATION, StringType, 0, Compared.NEVER, Encoding.SHARED, NoBytes.NEVER_NULL),
  UUID(DataTypes.UUID, StringType, 16, Compared.EQUALITY, Encoding.SHARED, NoBytes.NULL),
  TIMEUUID(DataTypes.TIMEUUID, StringType, 16, Compared.EQUALITY, Encoding.SHARED, NoBytes.NULL),
  INET(DataTypes.INET, StringType, 0, Compared.EQUALITY, Encoding.SHARED, NoBytes.NULL),
  LIST(Shape.ARRAY),
  SET(Shape.ARRAY),
  MAP(Shape.MAP),
  TUPLE(Shape.STRUCT),
  UDT(Shape.STRUCT),
  VECTOR(Shape.ARRAY),
  /** Custom classes, among them {@code empty} and dynamic composites. */
  UNSUPPORTED(Shape.NONE);

  /** What a type is in Spark. */
  enum Shape {
    /** The same scalar always. */
    SCALAR,
    /** A decimal, whose precision and scale are those of the column. */
    NUMBER,
    /** An array. */
    ARRAY,
    /** A map. */
    MAP,
    /** A struct. */
    STRUCT,
    /** Nothing. */
    NONE
  }

  /** How far Cassandra compares values as Spark does. */
  private enum Compared {
    /** Cassandra does not compare them. */
    NEVER,
    /** Cassandra compares what Spark has in another form or does not give to a source. */
    OTHERWISE,
    /** Which values are equal, but not which is less: they are texts in Spark. */
    EQUALITY,
    /** Which values are equal, and which is less. */
    ORDER
  }

  /** How the values that Spark has belong together with cells. */
  private enum Encoding {
    /** A value has one cell, which no other value has. */
    ONE,
    /** A value has one cell, which other values have too: each spelling, each microsecond. */
    SHARED,
    /** A value has several cells, of which every driver writes the same one. */
    USUAL,
    /** A value has several cells, which differ in leading bytes. */
    PADDED,
    /** A value has several cells, one for each scale. */
    SCALED,
    /** As what is inside of the value has it. */
    INSIDE
  }

  /** What a cell without bytes is. */
  private enum NoBytes {
    /** Nothing that is written as a value of the type: null in Spark. */
    NULL,
    /** A value like others, or refused by Cassandra. */
    NEVER_NULL
  }

  private static final Map<DataType, CqlKind> SCALARS = scalars();

  @SuppressWarnings("ImmutableEnumChecker") // The driver's types are immutable.
  private final @Nullable DataType type;

  @SuppressWarnings("ImmutableEnumChecker") // Spark's types are immutable.
  private final org.apache.spark.sql.types.@Nullable DataType sparkType;

  private final Shape shape;
  private final int vectorBytes;
  private final Compared compared;
  private final Encoding encoding;
  private final NoBytes noBytes;

  CqlKind(
      DataType type,
      org.apache.spark.sql.types.DataType sparkType,
      int vectorBytes,
      Compared compared,
      Encoding encoding,
      NoBytes noBytes) {
    this.type = type;
    this.sparkType = sparkType;
    this.shape = Shape.SCALAR;
    this.vectorBytes = vectorBytes;
    this.compared = compared;
    this.encoding = encoding;
    this.noBytes = noBytes;
  }

  CqlKind(DataType type, Shape shape, Compared compared, Encoding encoding, NoBytes noBytes) {
    this.type = type;
    this.sparkType = null;
    this.shape = shape;
    this.vectorBytes = 0;
    this.compared = compared;
    this.encoding = encoding;
    this.noBytes = noBytes;
  }

  CqlKind(Shape shape) {
    this.type = null;
    this.sparkType = null;
    this.shape = shape;
    this.vectorBytes = 0;
    this.compared = Compared.OTHERWISE;
    this.encoding = Encoding.INSIDE;
    this.noBytes = NoBytes.NEVER_NULL;
  }

  private static Map<DataType, CqlKind> scalars() {
    Map<DataType, CqlKind> scalars = new HashMap<>();
    for (CqlKind kind : values()) {
      if (kind.type != null) {
        scalars.put(kind.type, kind);
      }
    }
    return Map.copyOf(scalars);
  }

  /** The family of a type; total. */
  public static CqlKind of(DataType type) {
    CqlKind scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    } else if (type instanceof ListType) {
      return LIST;
    } else if (type instanceof SetType) {
      return SET;
    } else if (type instanceof MapType) {
      return MAP;
    } else if (type instanceof TupleType) {
      return TUPLE;
    } else if (type instanceof UserDefinedType) {
      return UDT;
    } else if (type instanceof VectorType) {
      return VECTOR;
    }
    return UNSUPPORTED;
  }

  /** The only type of this family, or null when it has several. */
  @Nullable DataType type() {
    return type;
  }

  /** The type in Spark, or null when the family alone does not say it. */
  public org.apache.spark.sql.types.@Nullable DataType sparkType() {
    return sparkType;
  }

  /** What the type is in Spark. */
  Shape shape() {
    return shape;
  }

  /** The bytes of every value within a vector, or 0 where it has its length there. */
  int vectorBytes() {
    return vectorBytes;
  }

  /** Whether Cassandra takes a column of the type, if it is frozen, into the primary key. */
  public boolean mayBeKey() {
    return compared != Compared.NEVER;
  }

  /**
   * Whether a cell may have no bytes though no value of the type is written so. Cassandra keeps
   * such a cell, sorts it before all values, and reads it as no value; Spark sees it as null.
   */
  public boolean mayBeEmpty() {
    return noBytes == NoBytes.NULL;
  }

  /**
   * Whether equal in CQL is equal in Spark, for all values but zero and NaN of floating point:
   * those have several bit patterns.
   */
  public boolean equalsAlike() {
    return compared == Compared.EQUALITY || compared == Compared.ORDER;
  }

  /**
   * Whether less in CQL is less in Spark. UUIDs and addresses are strings in Spark, and in
   * Cassandra ordered by version and time, or by bytes.
   */
  public boolean ordersAlike() {
    return compared == Compared.ORDER;
  }

  /**
   * Whether values that are equal in Spark have the same bytes in Cassandra. Decimals may differ in
   * scale, {@code varint} in leading bytes, floating point in the sign of zero and the bits of NaN,
   * and any byte but 0 is true.
   */
  public boolean hasOneEncoding() {
    return encoding == Encoding.ONE || encoding == Encoding.SHARED;
  }

  /**
   * Whether a value names one partition key: decimals are bound with the scale of their Spark type,
   * and equal ones of another scale are other keys in Cassandra.
   */
  public boolean identifiesKeys() {
    return equalsAlike() && encoding != Encoding.SCALED;
  }

  /**
   * Whether looking up a value finds all partitions with this value in their key: not where some
   * may have it in other bytes, as a {@code varint} with leading bytes. {@code true} is taken for
   * the byte 1, which every driver writes; zero and NaN of floating point must not be looked up.
   */
  public boolean findsAllKeys() {
    return identifiesKeys() && encoding != Encoding.PADDED;
  }

  /** Whether two values that differ in Spark can become the same cell. */
  public boolean sharesCells() {
    return encoding == Encoding.SHARED || encoding == Encoding.INSIDE;
  }
}
