// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.ring.RingRange;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;

/** What one query of a scan reads: a token range or partitions. Sent to executors. */
public sealed interface ScanTarget extends Serializable {
  /** A token of the target's owners. */
  BigInteger token();

  /**
   * The target in parts.
   *
   * @param wanted at least 1; fewer come where the target cannot be cut so often, one alone where
   *     it cannot be cut at all
   */
  List<ScanTarget> parts(int wanted);

  /** All partitions of a token range. */
  record OfRange(RingRange range) implements ScanTarget {
    /** A range belongs to the owners of its end: its start is the last token before it. */
    @Override
    public BigInteger token() {
      return range.end();
    }

    @Override
    public List<ScanTarget> parts(int wanted) {
      return range.split(wanted).stream().map(part -> (ScanTarget) new OfRange(part)).toList();
    }

    @Override
    public String toString() {
      return "token range " + range;
    }
  }

  /**
   * One partition.
   *
   * @param key the values of the partition key's columns, in key order
   */
  record OfPartition(List<CqlValue> key, BigInteger token) implements ScanTarget {
    /** Copies the key. */
    public OfPartition {
      key = List.copyOf(key);
    }

    @Override
    public List<ScanTarget> parts(int wanted) {
      return List.of(this);
    }

    /** Without the key, which may be personal data. */
    @Override
    public String toString() {
      return "partition at token " + token;
    }
  }

  /**
   * Partitions of a table whose partition key is one column, which one statement reads.
   *
   * @param partitions at least one, of one owner at best
   */
  record OfPartitions(List<OfPartition> partitions) implements ScanTarget {
    /** Copies the list. */
    public OfPartitions {
      partitions = List.copyOf(partitions);
    }

    @Override
    public BigInteger token() {
      return partitions.get(0).token();
    }

    /** All partitions, however many are wanted. */
    @Override
    public List<ScanTarget> parts(int wanted) {
      return List.copyOf(partitions);
    }

    @Override
    public String toString() {
      return "%d partitions, the first at token %s".formatted(partitions.size(), token());
    }
  }
}
