// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Rows as Spark hands them to a writer. */
public final class SparkRows {
  private SparkRows() {}

  /** A row of these values; texts and arrays as Spark has them inside. */
  public static InternalRow row(@Nullable Object... values) {
    return new GenericInternalRow(Arrays.stream(values).map(SparkRows::inside).toArray());
  }

  /** An array of numbers. */
  public static GenericArrayData array(@Nullable Object... values) {
    return new GenericArrayData(values);
  }

  private static @Nullable Object inside(@Nullable Object value) {
    return value instanceof String text ? UTF8String.fromString(text) : value;
  }
}
