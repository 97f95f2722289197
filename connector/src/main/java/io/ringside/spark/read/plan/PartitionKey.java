// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.cql.CqlValue;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;

/**
 * A partition to look up. Sent to executors.
 *
 * @param values of the partition key's columns, in key order
 * @param token of the key
 */
public record PartitionKey(List<CqlValue> values, BigInteger token) implements Serializable {
  /** Copies the values. */
  public PartitionKey {
    values = List.copyOf(values);
  }
}
