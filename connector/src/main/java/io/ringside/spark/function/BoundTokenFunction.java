// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.function;

import io.ringside.spark.ring.Murmur3;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.TokenName;
import io.ringside.spark.types.encode.CellEncoder;
import io.ringside.spark.types.encode.CellEncoders;
import io.ringside.spark.types.encode.CellOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * {@code token(…)} of values of known CQL types. Without the method {@code invoke}, which Spark 3.5
 * would not hand to the source in a predicate. Sent to executors; each task has its own.
 */
final class BoundTokenFunction implements ScalarFunction<Long> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ColumnSpec> key;
  private final DataType[] types;
  private transient CellEncoder @Nullable [] encoders;

  /**
   * The function.
   *
   * @param key the CQL types of the arguments
   * @param types their Spark types
   */
  BoundTokenFunction(List<ColumnSpec> key, List<DataType> types) {
    this.key = new ArrayList<>(key);
    this.types = types.toArray(DataType[]::new);
  }

  @Override
  public DataType[] inputTypes() {
    return types.clone();
  }

  @Override
  public DataType resultType() {
    return DataTypes.LongType;
  }

  @Override
  public String name() {
    return TokenName.NAME;
  }

  @Override
  public String canonicalName() {
    return TokenName.canonical(key);
  }

  /**
   * Null when a value is: such a key does not exist. The output is made for each call, since
   * threads of the driver that optimize one plan share this function.
   */
  @Override
  public @Nullable Long produceResult(InternalRow values) {
    CellEncoder[] writers = encoders();
    CellOutput out = new CellOutput();
    List<ByteBuffer> cells = new ArrayList<>(writers.length);
    for (int i = 0; i < writers.length; i++) {
      int at = out.size();
      if (!writers[i].encode(values, i, out)) {
        return null;
      }
      cells.add(ByteBuffer.wrap(out.copyOfSized(at)));
    }
    return Murmur3.token(cells);
  }

  private CellEncoder[] encoders() {
    CellEncoder[] made = encoders;
    if (made == null) {
      made = new CellEncoder[types.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = CellEncoders.of(key.get(i), types[i]);
      }
      encoders = made;
    }
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundTokenFunction that && canonicalName().equals(that.canonicalName());
  }

  @Override
  public int hashCode() {
    return canonicalName().hashCode();
  }
}
