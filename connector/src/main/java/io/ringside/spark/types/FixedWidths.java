// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.VectorType;

/**
 * Which elements stand in a vector without their lengths: those whose type Cassandra knows to have
 * one ({@code AbstractType.valueLengthIfFixed}). Others have one too, such as {@code date}, but it
 * is written all the same.
 */
public final class FixedWidths {
  private FixedWidths() {}

  /** The size in bytes of every value of this type within a vector, or 0 where each has its own. */
  public static int of(DataType type) {
    return type instanceof VectorType vector
        ? Math.multiplyExact(of(vector.getElementType()), vector.getDimensions())
        : CqlKind.of(type).vectorBytes();
  }
}
