// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import com.datastax.oss.driver.api.core.type.DataType;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** Writes the bytes of one value that is not null, without a length. One per column and task. */
@FunctionalInterface
interface ValueWriter {
  /**
   * Writes the value at an ordinal.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_VALUE for a value that the CQL
   *     type cannot hold; what was written before is then undefined
   */
  void write(SpecializedGetters row, int ordinal, CellOutput out);

  /** Makes the writers of the values inside of a value. */
  @FunctionalInterface
  interface Maker {
    /** The writer of a CQL type from a Spark type. */
    ValueWriter writer(DataType cql, org.apache.spark.sql.types.DataType spark, WriteTarget target);
  }
}
