// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Collections, tuples, user-defined types and vectors against the driver's own codecs. */
class NestedCellsTest {
  private static final int DEPTH = 3;
  private static final UserDefinedType UDT =
      new UserDefinedTypeBuilder(CqlIdentifier.fromCql("ks"), CqlIdentifier.fromCql("person"))
          .withField(CqlIdentifier.fromInternal("First name"), DataTypes.TEXT)
          .withField(CqlIdentifier.fromInternal("age"), DataTypes.INT)
          .build();

  private static ColumnSpec column(DataType type) {
    return ColumnSpec.of("c", type, ColumnKind.REGULAR);
  }

  private static org.apache.spark.sql.types.DataType sparkType(DataType type) {
    return TypeMapping.sparkType(column(type), DecimalTypes.defaults());
  }

  private static StructType schema(org.apache.spark.sql.types.DataType type) {
    return new StructType().add("c", type);
  }

  private static InternalRow row(@Nullable Object value) {
    return new GenericInternalRow(new @Nullable Object[] {value});
  }

  private static String hex(@Nullable ByteBuffer cell) {
    return cell == null ? "null" : Bytes.toHexString(cell);
  }

  private static @Nullable ByteBuffer encode(DataType type, @Nullable Object value) {
    return CellEncoders.of(column(type), sparkType(type)).encode(row(value), 0);
  }

  /** A row of objects, and the same row as Spark's operators hand it on. */
  @Property(tries = 500)
  void writesWhatTheDriverWrites(@ForAll long seed) {
    RandomCells cells = new RandomCells(seed);
    DataType type = cells.type(DEPTH);
    Object value = cells.value(type);
    String expected = hex(SparkCells.codec(type).encode(value, ProtocolVersion.DEFAULT));
    InternalRow row = row(SparkCells.of(type, value));
    InternalRow unsafe = UnsafeProjection.create(schema(sparkType(type))).apply(row);
    for (InternalRow each : List.of(row, unsafe)) {
      ByteBuffer cell = CellEncoders.of(column(type), sparkType(type)).encode(each, 0);
      assertThat(hex(cell)).as(type.asCql(true, true)).isEqualTo(expected);
    }
  }

  @Test
  void refusesNullInsideCollections() {
    for (DataType type :
        List.of(
            DataTypes.listOf(DataTypes.INT),
            DataTypes.setOf(DataTypes.INT),
            DataTypes.vectorOf(DataTypes.INT, 2))) {
      assertThatThrownBy(() -> encode(type, new GenericArrayData(new @Nullable Object[] {1, null})))
          .isInstanceOf(ConnectorException.class)
          .hasMessageStartingWith("Cannot write column 'c': an element is null");
    }
    DataType nested = DataTypes.mapOf(DataTypes.INT, DataTypes.listOf(DataTypes.INT));
    assertThatThrownBy(
            () ->
                encode(
                    nested,
                    new ArrayBasedMapData(
                        new GenericArrayData(new Object[] {1}),
                        new GenericArrayData(
                            new Object[] {new GenericArrayData(new @Nullable Object[] {null})}))))
        .hasMessageStartingWith("Cannot write column 'c.value': an element is null");
    assertThatThrownBy(
            () ->
                encode(
                    nested,
                    new ArrayBasedMapData(
                        new GenericArrayData(new Object[] {1}),
                        new GenericArrayData(new @Nullable Object[] {null}))))
        .hasMessageStartingWith("Cannot write column 'c': a value is null");
  }

  @Test
  void refusesAVectorOfAnotherLength() {
    assertThatThrownBy(
            () ->
                encode(
                    DataTypes.vectorOf(DataTypes.FLOAT, 3),
                    new GenericArrayData(new Object[] {1f, 2f})))
        .hasMessageContaining("an array has 2 elements where its vector has 3");
  }

  @Test
  void refusesKeysThatWouldBecomeOne() {
    assertThatThrownBy(
            () ->
                encode(
                    DataTypes.mapOf(DataTypes.TIMESTAMP, DataTypes.INT),
                    new ArrayBasedMapData(
                        new GenericArrayData(new Object[] {1000L, 1001L}),
                        new GenericArrayData(new Object[] {1, 2}))))
        .hasMessageContaining("two keys of a map are one key in Cassandra");
  }

  @Test
  void namesWhereInAColumnAValueIsWrong() {
    assertThatThrownBy(
            () ->
                encode(
                    DataTypes.listOf(DataTypes.UUID),
                    new GenericArrayData(new Object[] {UTF8String.fromString("nonsense")})))
        .hasMessageStartingWith("Cannot write column 'c.element': a text is not a UUID");
  }

  @Test
  void takesFieldsOfAUserDefinedTypeByName() {
    StructType swapped = new StructType().add("AGE", "int").add("First name", "string");
    ByteBuffer cell =
        CellEncoders.of(column(UDT), swapped)
            .encode(row(new GenericInternalRow(new Object[] {7, UTF8String.fromString("Ann")})), 0);
    UdtValue value = (UdtValue) SparkCells.codec(UDT).decode(cell, ProtocolVersion.DEFAULT);
    assertThat(value).isNotNull();
    assertThat(String.valueOf(value == null ? null : value.getFormattedContents()))
        .isEqualTo("{\"First name\":'Ann',age:7}");
  }

  @Test
  void writesNullForFieldsThatAreNotThere() {
    ByteBuffer cell =
        CellEncoders.of(column(UDT), new StructType().add("age", "int"))
            .encode(row(new GenericInternalRow(new Object[] {7})), 0);
    UdtValue value = (UdtValue) SparkCells.codec(UDT).decode(cell, ProtocolVersion.DEFAULT);
    assertThat(String.valueOf(value == null ? null : value.getFormattedContents()))
        .isEqualTo("{\"First name\":NULL,age:7}");
  }

  @Test
  void refusesTypesOfAnotherShape() {
    assertThatThrownBy(() -> CellEncoders.of(column(UDT), new StructType().add("name", "string")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("has no field 'name'")
        .hasMessageContaining("[First name, age]");
    assertThatThrownBy(
            () ->
                CellEncoders.of(column(UDT), new StructType().add("age", "int").add("Age", "int")))
        .hasMessageContaining("both a field 'age' and a field 'Age'");
    assertThatThrownBy(
            () ->
                CellEncoders.of(
                    column(DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT)),
                    new StructType().add("0", "int")))
        .hasMessageContaining("Cast it to struct<0:int,1:string>");
    assertThatThrownBy(
            () ->
                CellEncoders.of(
                    column(DataTypes.listOf(DataTypes.INT)),
                    org.apache.spark.sql.types.DataTypes.createArrayType(
                        org.apache.spark.sql.types.DataTypes.LongType)))
        .hasMessageStartingWith(
            "Cannot write column 'c.element': Spark type bigint does not fit CQL type int");
  }
}
