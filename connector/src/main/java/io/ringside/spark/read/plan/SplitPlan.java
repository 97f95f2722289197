// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.ReplicaRange;
import io.ringside.spark.schema.TableSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a scan is cut into the parts that tasks read. The splits are made when they are first asked
 * for, and are the same ever after. Driver only; thread-safe.
 */
public final class SplitPlan {
  private final SplitRequest request;
  private final TableFacts facts;
  private final IntSupplier parallelism;
  private @Nullable List<Split> splits;

  /**
   * A plan whose splits are not made yet.
   *
   * @param parallelism how many tasks can run at the same time, at least 1
   */
  public SplitPlan(SplitRequest request, TableFacts facts, IntSupplier parallelism) {
    this.request = request;
    this.facts = facts;
    this.parallelism = parallelism;
  }

  /**
   * The plan of a scan of all rows of a table, as any scan of these options has it.
   *
   * @throws UnsupportedException UNSUPPORTED_TABLE for a table that one node answers for
   */
  public static SplitPlan ofWholeTable(TableSpec table, ConnectorConfig config) {
    if (table.kind().isOfOneNode()) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot split %s: it is a %s, which one node answers for. Read it as a whole."
              .formatted(table.displayName(), table.kind().displayName()));
    }
    return new SplitPlan(
        new SplitRequest(Pushdown.NONE, config.read().split(), ScanForm.ROWS),
        new SessionTableFacts(table, config.connection(), config.read().split().sizeHint()),
        () -> 1);
  }

  /** What is split. */
  public SplitRequest request() {
    return request;
  }

  /** The partitioner whose tokens the splits' ranges have. */
  public Partitioner partitioner() {
    return facts.layout().partitioner();
  }

  /** Mean bytes of a partition, 0 when unknown; asks the cluster nothing. */
  public double partitionBytes() {
    TableSizes sizes = facts.knownSizes();
    return sizes == null ? 0 : sizes.partitionBytes();
  }

  /** The splits: none when there is nothing to read and nothing to answer. */
  public synchronized List<Split> splits() {
    List<Split> made = splits;
    if (made == null) {
      made = make();
      splits = made;
    }
    return made;
  }

  private List<Split> make() {
    List<? extends Split> parts = request.pushdown().empty() ? List.of() : parts();
    boolean answers = parts.isEmpty() && request.form() != ScanForm.ROWS;
    return answers ? List.of(new NeutralSplit()) : List.copyOf(parts);
  }

  private List<? extends Split> parts() {
    List<ReplicaRange> ring =
        facts.layout().within(request.config().tokenRanges(), request.pushdown().tokens());
    List<List<CqlValue>> key = request.pushdown().key();
    if (key != null) {
      return KeyPlanner.plan(
          keys(Access.combinations(key)),
          ring,
          partitionBytes(),
          (double) request.config().splitBytes(),
          parallelism.getAsInt());
    }
    List<RangeSplit> splits =
        ScanPlanner.plan(ring, facts.sizes().density(), request.config(), parallelism.getAsInt());
    return request.form() == ScanForm.ONE_COUNT && !splits.isEmpty()
        ? List.of(CountSplit.of(splits))
        : splits;
  }

  private List<PartitionKey> keys(List<List<CqlValue>> values) {
    List<BigInteger> tokens = facts.tokens(values);
    List<PartitionKey> keys = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      keys.add(new PartitionKey(values.get(i), tokens.get(i)));
    }
    return keys;
  }
}
