// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/** The consistency level of the rounds by which replicas agree on a conditional write. */
public enum SerialConsistency {
  /** A quorum of all replicas: one order of all conditional writes of a row, everywhere. */
  SERIAL,
  /** A quorum of the local data centre's replicas: an order for each data centre. */
  LOCAL_SERIAL
}
