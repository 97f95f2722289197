// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.cql.SampleQuery;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.TableSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates a table's size from the first rows of a few evenly spaced token ranges, for tables that
 * Cassandra has not estimated yet. Driver only.
 */
public final class TableSampler {
  private static final Logger LOG = LoggerFactory.getLogger(TableSampler.class);

  private static final int RANGES = 16;

  /** A sample of a range ends with so many rows, or bytes: rows may have a megabyte. */
  private static final int ROWS_OF_RANGE = 96;

  private static final long BYTES_OF_RANGE = 64 << 10;
  private static final int ROWS_OF_PAGE = 8;

  private final CqlSession session;

  /** Samples through this session. */
  public TableSampler(CqlSession session) {
    this.session = session;
  }

  /**
   * The estimated bytes, as frames, and partitions of the whole ring in a few ranges; empty when a
   * sample could not be taken.
   */
  public List<RangeEstimate> estimates(TableSpec table, Partitioner partitioner) {
    try {
      PreparedStatement query = session.prepare(SampleQuery.of(table, ROWS_OF_RANGE));
      List<RingRange> ranges = partitioner.fullRing().split(RANGES);
      List<CompletionStage<AsyncResultSet>> samples = new ArrayList<>();
      for (RingRange range : ranges) {
        samples.add(
            session.executeAsync(
                query
                    .boundStatementBuilder()
                    .setBytesUnsafe(0, partitioner.encode(range.start()))
                    .setBytesUnsafe(1, partitioner.encode(range.end()))
                    .setPageSize(ROWS_OF_PAGE)
                    .setIdempotence(true)
                    .build()));
      }
      List<RangeEstimate> estimates = new ArrayList<>();
      for (int i = 0; i < ranges.size(); i++) {
        estimates.add(
            estimate(ranges.get(i), samples.get(i).toCompletableFuture().join(), partitioner));
      }
      return estimates;
    } catch (CompletionException | DriverException e) {
      LOG.warn("No sample of {}: {}", table.displayName(), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private static RangeEstimate estimate(
      RingRange range, AsyncResultSet sample, Partitioner partitioner) {
    Set<BigInteger> tokens = new HashSet<>();
    BigInteger last = range.start();
    int rows = 0;
    double bytes = 0;
    AsyncResultSet page = sample;
    while (true) {
      for (Row row : page.currentPage()) {
        last = partitioner.decode(row.getBytesUnsafe(0));
        tokens.add(last);
        rows++;
      }
      bytes += rows == 0 ? 0 : Math.max(0, page.getExecutionInfo().getResponseSizeInBytes());
      if (!page.hasMorePages() || bytes >= BYTES_OF_RANGE) {
        break;
      }
      page = page.fetchNextPage().toCompletableFuture().join();
    }
    double covered = last.subtract(range.start()).doubleValue();
    // Rows that came to an end by themselves are all there are.
    boolean all = rows < ROWS_OF_RANGE && !page.hasMorePages();
    double factor = all || covered <= 0 ? 1 : range.size().doubleValue() / covered;
    return new RangeEstimate(range, bytes * factor, tokens.size() * factor);
  }
}
