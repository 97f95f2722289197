// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/**
 * How many replicas must answer; the levels of CQL under their own names. {@code SERIAL} levels are
 * missing, as they are for conditional statements.
 */
public enum ConsistencyLevel {
  /** Any node, hints included; writes only. */
  ANY,
  /** One replica. */
  ONE,
  /** Two replicas. */
  TWO,
  /** Three replicas. */
  THREE,
  /** A majority of all replicas. */
  QUORUM,
  /** Every replica. */
  ALL,
  /** A majority of the replicas in the local data centre. */
  LOCAL_QUORUM,
  /** A majority of the replicas in each data centre; writes only. */
  EACH_QUORUM,
  /** One replica in the local data centre. */
  LOCAL_ONE
}
