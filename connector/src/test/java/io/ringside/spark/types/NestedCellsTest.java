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
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Collections, tuples, user-defined types and vectors against the driver's own codecs. */
class NestedCellsTest {
  private static final int DEPTH = 3;
  private static final int ROWS = 5;
  private static final UserDefinedType UDT =
      new UserDefinedTypeBuilder(CqlIdentifier.fromCql("ks"), CqlIdentifier.fromCql("person"))
          .withField(CqlIdentifier.fromInternal("First name"), DataTypes.TEXT)
          .withField(CqlIdentifier.fromInternal("age"), DataTypes.INT)
          .build();

  /** Age 7, with the name before it and a field after it that came to the type since. */
  private static final String LONGER = "0x00000003416e6e000000040000000700000001ff";

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
  @Property(tries = 100)
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

  /** Rows with nulls between them, twice over the same views, by accessor and as Spark copies. */
  @Property(tries = 100)
  void readsWhatTheDriverWrites(@ForAll long seed) {
    RandomCells cells = new RandomCells(seed);
    DataType type = cells.type(DEPTH);
    CellVector vector = CellVectors.of(column(type), sparkType(type));
    UnsafeProjection projection = UnsafeProjection.create(schema(sparkType(type)));
    for (int page = 0; page < 2; page++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        values.add(cells.field(type));
      }
      SparkCells.show(
          vector, values.stream().map(value -> slice(type, value)).toArray(ByteBuffer[]::new));
      ColumnarBatch batch = new ColumnarBatch(new ColumnVector[] {vector}, ROWS);
      for (int row = 0; row < ROWS; row++) {
        Object expected =
            SparkCells.read(row(SparkCells.of(type, values.get(row))), 0, sparkType(type));
        InternalRow seen = batch.getRow(row);
        for (InternalRow each : List.of(seen, seen.copy(), projection.apply(seen))) {
          assertThat(SparkCells.read(each, 0, sparkType(type)))
              .as(type.asCql(true, true))
              .isEqualTo(expected);
        }
      }
    }
  }

  /** A cell somewhere in a larger array, as pages have it. */
  private static @Nullable ByteBuffer slice(DataType type, @Nullable Object value) {
    ByteBuffer cell = SparkCells.codec(type).encode(value, ProtocolVersion.DEFAULT);
    if (value == null || cell == null) {
      return null;
    }
    byte[] page = new byte[cell.remaining() + 9];
    cell.duplicate().get(page, 5, cell.remaining());
    return ByteBuffer.wrap(page, 5, cell.remaining());
  }

  private static CellVector show(DataType type, ByteBuffer... cells) {
    return show(type, sparkType(type), cells);
  }

  private static CellVector show(
      DataType type, org.apache.spark.sql.types.DataType spark, ByteBuffer... cells) {
    CellVector vector = CellVectors.of(column(type), spark);
    SparkCells.show(vector, cells);
    return vector;
  }

  private static ColumnarArray array(CellVector vector, int row) {
    return Objects.requireNonNull(vector.getArray(row));
  }

  private static ByteBuffer cell(String hex) {
    return Bytes.fromHexString(hex);
  }

  @Test
  void readsUserDefinedTypesFromBeforeAndAfterTheyWereChanged() {
    CellVector people = show(UDT, cell("0x00000003416e6e"), cell(LONGER), cell("0x"));
    assertThat(people.getStruct(0).getUTF8String(0)).isEqualTo(UTF8String.fromString("Ann"));
    assertThat(people.getStruct(0).isNullAt(1)).isTrue();
    assertThat(people.getStruct(1).getInt(1)).isEqualTo(7);
    assertThat(people.isNullAt(2)).isFalse();
    assertThat(people.getStruct(2).isNullAt(0)).isTrue();
    assertThat(people.getStruct(2).isNullAt(1)).isTrue();
  }

  @Test
  void decodesTheFieldsAskedForAlone() {
    StructType swapped = new StructType().add("age", "int").add("First name", "string");
    assertThat(show(UDT, swapped, cell(LONGER)).getStruct(0).getInt(0)).isEqualTo(7);
    assertThat(show(UDT, swapped, cell(LONGER)).getStruct(0).getUTF8String(1))
        .isEqualTo(UTF8String.fromString("Ann"));
    StructType name = new StructType().add("First name", "string");
    // What comes after the name is no field, and nobody looks at it.
    assertThat(show(UDT, name, cell("0x00000003416e6effffff")).getStruct(0).getUTF8String(0))
        .isEqualTo(UTF8String.fromString("Ann"));
    assertThatThrownBy(() -> show(UDT, new StructType().add("Age", "int"), cell(LONGER)))
        .hasMessageContaining("Cannot read column 'c'")
        .hasMessageContaining("[First name, age]");
  }

  @Test
  void tellsNullFromEmpty() {
    for (DataType type : List.of(DataTypes.listOf(DataTypes.INT), DataTypes.setOf(DataTypes.INT))) {
      CellVector vector = CellVectors.of(column(type), sparkType(type));
      SparkCells.show(vector, null, cell("0x00000000"), cell("0x"));
      assertThat(vector.isNullAt(0)).isTrue();
      assertThat(vector.getArray(0)).isNull();
      assertThat(vector.numNulls()).isEqualTo(1);
      for (int row = 1; row < 3; row++) {
        assertThat(array(vector, row).numElements()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x0000",
        "0xffffffff",
        "0x00000002000000040000000a",
        "0x0000000100000005000000",
        "0x7fffffff"
      })
  void refusesCollectionsThatEndTooEarly(String hex) {
    CellVector list = show(DataTypes.listOf(DataTypes.INT), cell(hex));
    assertThatThrownBy(() -> list.getArray(0))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageStartingWith("Cannot read column 'c'")
        .hasMessageContaining("ends before what it says is in it");
  }

  @Test
  void refusesVectorsOfTheWrongSize() {
    CellVector fixed = show(DataTypes.vectorOf(DataTypes.INT, 2), cell("0x0000000100000002ff"));
    assertThatThrownBy(() -> fixed.getArray(0)).hasMessageContaining("2 times 4 are needed");
    CellVector sized = show(DataTypes.vectorOf(DataTypes.TEXT, 2), cell("0x01610262"));
    assertThatThrownBy(() -> sized.getArray(0)).hasMessageContaining("ends before");
    CellVector huge = show(DataTypes.vectorOf(DataTypes.TEXT, 1), cell("0xffffffffffffffffff"));
    assertThatThrownBy(() -> huge.getArray(0)).hasMessageContaining("ends before");
  }

  @Test
  void namesTheOptionOfADecimalInsideAColumn() {
    DataType type = DataTypes.listOf(DataTypes.DECIMAL);
    CellVector vector =
        show(
            type,
            TypeMapping.sparkType(column(type), DecimalTypes.parse(Map.of("c", "5,2"))),
            Objects.requireNonNull(slice(type, List.of(new BigDecimal("1.005")))));
    assertThatThrownBy(() -> array(vector, 0).getDecimal(0, 5, 2))
        .hasMessageContaining("'c.element'")
        .hasMessageContaining("decimal.c=precision,scale");
  }

  @Test
  void refusesNullInsideCollections() {
    for (DataType type :
        List.of(
            DataTypes.listOf(DataTypes.INT),
            DataTypes.setOf(DataTypes.INT),
            DataTypes.vectorOf(DataTypes.INT, 2))) {
      assertThatThrownBy(() -> encode(type, new GenericArrayData(new @Nullable Object[] {1, null})))
          .isInstanceOf(ConnectorThrowable.class)
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
        .isInstanceOf(ConnectorThrowable.class)
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
        .hasMessageContaining("Write struct<0:int,1:string> instead.");
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
