// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time and bytes allocated per cell of a page that Spark reads through the column's view, elements
 * and fields included. What a getter returns counts as used: objects are made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // Set up by JMH.
public class DecodeBenchmark {
  private static final int CELLS = 5000;
  private static final long SEED = 1;

  @Param public SampleType type;

  private EncodedRows page;
  private CellIndex index;
  private CellVector vector;
  private Getter getter;

  /** Reads one value as Spark's generated code does. */
  @FunctionalInterface
  private interface Getter {
    void get(SpecializedGetters from, int ordinal, Blackhole sink);
  }

  /** Cells that lie behind one another in one array, as in a response. */
  @Setup
  public void fill() {
    Random random = new Random(SEED);
    var codec = SparkCells.codec(type.cql());
    RowsEncoder cells = new RowsEncoder(1);
    for (int i = 0; i < CELLS; i++) {
      ByteBuffer cell = codec.encode(type.value(random), ProtocolVersion.DEFAULT);
      if (cell == null) {
        throw new AssertionError(type);
      }
      cells.add(new ByteBuffer[] {cell});
    }
    page = cells.take();
    index = new CellIndex(1);
    vector = CellVectors.of(type.column(), type.spark());
    getter = getter(type.spark());
  }

  /** Finds the cells of a page and reads all. */
  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void cell(Blackhole sink) {
    index.point(page);
    vector.reset(index, 0);
    all(new ColumnarArray(vector, 0, CELLS), getter, sink);
  }

  private static void all(
      org.apache.spark.sql.catalyst.util.ArrayData array, Getter getter, Blackhole sink) {
    int count = array.numElements();
    for (int i = 0; i < count; i++) {
      if (!array.isNullAt(i)) {
        getter.get(array, i, sink);
      }
    }
  }

  private static Getter getter(DataType type) {
    if (type instanceof ArrayType array) {
      Getter element = getter(array.elementType());
      return (from, i, sink) -> all(from.getArray(i), element, sink);
    } else if (type instanceof MapType map) {
      Getter key = getter(map.keyType());
      Getter value = getter(map.valueType());
      return (from, i, sink) -> {
        var entries = from.getMap(i);
        all(entries.keyArray(), key, sink);
        all(entries.valueArray(), value, sink);
      };
    } else if (type instanceof StructType struct) {
      Getter[] fields =
          Arrays.stream(struct.fields())
              .map(StructField::dataType)
              .map(DecodeBenchmark::getter)
              .toArray(Getter[]::new);
      return (from, i, sink) -> {
        var row = from.getStruct(i, fields.length);
        for (int field = 0; field < fields.length; field++) {
          if (!row.isNullAt(field)) {
            fields[field].get(row, field, sink);
          }
        }
      };
    } else if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (from, i, sink) -> sink.consume(from.getDecimal(i, precision, scale));
    }
    return switch (type.typeName()) {
      case "string" -> (from, i, sink) -> sink.consume(from.getUTF8String(i));
      case "byte" -> (from, i, sink) -> sink.consume(from.getByte(i));
      case "short" -> (from, i, sink) -> sink.consume(from.getShort(i));
      case "integer", "date" -> (from, i, sink) -> sink.consume(from.getInt(i));
      case "long", "timestamp" -> (from, i, sink) -> sink.consume(from.getLong(i));
      case "float" -> (from, i, sink) -> sink.consume(from.getFloat(i));
      case "double" -> (from, i, sink) -> sink.consume(from.getDouble(i));
      case "boolean" -> (from, i, sink) -> sink.consume(from.getBoolean(i));
      case "binary" -> (from, i, sink) -> sink.consume(from.getBinary(i));
      default -> throw new AssertionError(type);
    };
  }
}
