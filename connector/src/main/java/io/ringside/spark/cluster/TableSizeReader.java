// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.flow.TaskLife;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.schema.TableSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how large a table is. What is found is kept for this JVM and asked for anew in the
 * background when it is older than some seconds: estimates for up to five minutes, as Cassandra
 * makes its own as seldom; samples for up to one, as a table without estimates is often one that
 * grows. At most 32 requests ask for it, and a node that does not answer costs two seconds. Driver
 * only; one per plan.
 */
public final class TableSizeReader {
  private static final Logger LOG = LoggerFactory.getLogger(TableSizeReader.class);

  /** For one request; there are up to two, one after the other. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration WAIT = TIMEOUT.multipliedBy(2);

  private static final KeptAnswers<Key, SizeReport> ESTIMATES =
      new KeptAnswers<>(Duration.ofSeconds(30), Duration.ofMinutes(5), Ticker.systemTicker());

  private static final KeptAnswers<Key, SizeReport> SAMPLES =
      new KeptAnswers<>(Duration.ofSeconds(10), Duration.ofMinutes(1), Ticker.systemTicker());

  private record Key(
      ConnectionConfig connection, String keyspace, String table, @Nullable UUID id) {}

  private final Key key;
  private final CqlSession session;
  private final TableSpec table;

  /**
   * A reader of one table's size.
   *
   * @param session of the connection
   */
  public TableSizeReader(ConnectionConfig connection, CqlSession session, TableSpec table) {
    this.key = new Key(connection, table.keyspace(), table.table(), table.id());
    this.session = session;
    this.table = table;
  }

  /**
   * What Cassandra has estimated; not {@link SizeReport#isSomething} for a table that was never
   * flushed. Where the estimates are coarse the partitions are counted.
   */
  public SizeReport estimates() {
    return await(ESTIMATES.get(key, this::askForEstimates));
  }

  /** The size by a sample of the table's rows. */
  public SizeReport sample() {
    return await(SAMPLES.get(key, () -> sampler().sample()));
  }

  /** What is kept of {@link #estimates}, or null; asks nothing. */
  public @Nullable SizeReport keptEstimates() {
    return ESTIMATES.find(key);
  }

  /** What is kept of {@link #sample}, or null; asks nothing. */
  public @Nullable SizeReport keptSample() {
    return SAMPLES.find(key);
  }

  /** Forgets what is kept of a table whose size changes. */
  public static void forget(String keyspace, String table) {
    ESTIMATES.forget(key -> key.keyspace().equals(keyspace) && key.table().equals(table));
    SAMPLES.forget(key -> key.keyspace().equals(keyspace) && key.table().equals(table));
  }

  private TableSampler sampler() {
    Partitioner partitioner = new ClusterMetadata(session).partitioner();
    return new TableSampler(session, table, partitioner, TIMEOUT);
  }

  private CompletionStage<SizeReport> askForEstimates() {
    return new SizeEstimateReader(session, TIMEOUT)
        .estimates(table.keyspace(), table.table())
        .thenCompose(this::checked);
  }

  private CompletionStage<SizeReport> checked(List<RangeEstimate> estimates) {
    SizeReport told = new SizeReport(estimates, Map.of(), SizeReport.Bound.NEAR);
    if (!told.isSomething()) {
      return CompletableFuture.completedFuture(told);
    }
    TableSampler sampler = sampler();
    CompletionStage<SizeReport> counted =
        PartitionCount.isCoarse(estimates)
            ? sampler.partitions().thenApply(partitions -> counted(estimates, partitions))
            : CompletableFuture.completedFuture(told);
    return counted.thenCombine(sampler.cellBytes(), SizeReport::withCellBytes);
  }

  private static SizeReport counted(List<RangeEstimate> estimates, double partitions) {
    return partitions > 0
        ? PartitionCount.corrected(estimates, partitions)
        : new SizeReport(estimates, Map.of(), SizeReport.Bound.LOWEST);
  }

  private SizeReport await(CompletableFuture<SizeReport> answer) {
    try {
      return answer.get(WAIT.toMillis() + TIMEOUT.toMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The size of {} is not known: {}", table.displayName(), String.valueOf(e));
      return SizeReport.NOTHING;
    } catch (InterruptedException e) {
      throw TaskLife.interrupted();
    }
  }
}
