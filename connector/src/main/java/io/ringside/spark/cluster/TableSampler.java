// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.ringside.spark.cql.SampleQuery;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a table for a few of its rows, to learn sizes that Cassandra has not estimated. No method
 * waits; each sends a bounded number of requests at once, and a failed request counts as no answer.
 * Driver only.
 */
final class TableSampler {
  /** Evenly spaced token ranges of a sample; each takes one request, or two. */
  static final int RANGES = 12;

  private static final Logger LOG = LoggerFactory.getLogger(TableSampler.class);

  /** Few, as rows may have a megabyte each. */
  private static final int FIRST_ROWS = 8;

  private static final int MORE_ROWS = 88;

  /** The first rows are followed by more when they have no more bytes than this. */
  private static final double SMALL_BYTES = 4096;

  /** Partitions that are counted; a table with more has no coarse estimates. */
  private static final int MOST_COUNTED = 2000;

  /** The length in front of each cell. */
  private static final int CELL_HEADER_BYTES = 4;

  private final CqlSession session;
  private final TableSpec table;
  private final Partitioner partitioner;
  private final Duration timeout;

  /**
   * Samples a table through a session.
   *
   * @param timeout for one answer
   */
  TableSampler(CqlSession session, TableSpec table, Partitioner partitioner, Duration timeout) {
    this.session = session;
    this.table = table;
    this.partitioner = partitioner;
    this.timeout = timeout;
  }

  /** Rows as they come: their tokens, and the bytes of their cells by column. */
  private static final class Rows {
    private final List<BigInteger> tokens = new ArrayList<>();
    private final Map<String, Double> bytes = new HashMap<>();
    private boolean complete;

    double total() {
      return bytes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** The estimated bytes and partitions of the ring in a few ranges; nothing without an answer. */
  CompletionStage<SizeReport> sample() {
    List<RingRange> ranges = partitioner.fullRing().split(RANGES);
    List<CompletableFuture<Rows>> answers = new ArrayList<>();
    for (RingRange range : ranges) {
      answers.add(
          ask(SampleQuery.of(table, FIRST_ROWS + MORE_ROWS), range, FIRST_ROWS)
              .thenCompose(page -> rows(page, new Rows()))
              .exceptionally(this::unanswered)
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> report(ranges, answers.stream().map(CompletableFuture::join).toList()));
  }

  /** Mean bytes of each column's cells in the first rows of the ring; empty without an answer. */
  CompletionStage<Map<String, Double>> cellBytes() {
    return ask(SampleQuery.of(table, FIRST_ROWS), partitioner.fullRing(), FIRST_ROWS)
        .thenApply(
            page -> {
              Rows rows = new Rows();
              add(page, rows);
              return means(List.of(rows));
            })
        .exceptionally(failure -> means(List.of(unanswered(failure))));
  }

  /** How many partitions a table of few has; about as many for one of more, 0 when unknown. */
  CompletionStage<Double> partitions() {
    return ask(SampleQuery.ofPartitions(table), partitioner.fullRing(), MOST_COUNTED)
        .thenApply(this::count)
        .exceptionally(failure -> (double) unanswered(failure).tokens.size());
  }

  private double count(AsyncResultSet page) {
    int partitions = 0;
    BigInteger last = partitioner.minimum();
    for (Row row : page.currentPage()) {
      last = partitioner.decode(row.getBytesUnsafe(0));
      partitions++;
    }
    double covered = last.subtract(partitioner.minimum()).doubleValue();
    boolean all = !page.hasMorePages() || covered <= 0;
    return all ? partitions : partitions * (partitioner.fullRing().size().doubleValue() / covered);
  }

  private CompletionStage<AsyncResultSet> ask(String cql, RingRange range, int rows) {
    return session.executeAsync(
        SimpleStatement.newInstance(
                cql, partitioner.encode(range.start()), partitioner.encode(range.end()))
            .setPageSize(rows)
            .setTimeout(timeout)
            .setIdempotent(true));
  }

  private CompletionStage<Rows> rows(AsyncResultSet page, Rows rows) {
    boolean first = rows.tokens.isEmpty();
    add(page, rows);
    if (first && page.hasMorePages() && rows.total() <= SMALL_BYTES) {
      return session
          .executeAsync(next(page))
          .thenCompose(more -> rows(more, rows))
          .exceptionally(failure -> rows);
    }
    return CompletableFuture.completedFuture(rows);
  }

  private static SimpleStatement next(AsyncResultSet page) {
    return ((SimpleStatement) page.getExecutionInfo().getRequest())
        .setPagingState(page.getExecutionInfo().getPagingState())
        .setPageSize(MORE_ROWS);
  }

  private void add(AsyncResultSet page, Rows rows) {
    List<ColumnSpec> columns = table.columns();
    for (Row row : page.currentPage()) {
      rows.tokens.add(partitioner.decode(row.getBytesUnsafe(0)));
      for (int c = 0; c < columns.size(); c++) {
        ByteBuffer cell = row.getBytesUnsafe(c + 1);
        double bytes = cell == null ? 0 : cell.remaining() + CELL_HEADER_BYTES;
        rows.bytes.merge(columns.get(c).name(), bytes, Double::sum);
      }
    }
    rows.complete = !page.hasMorePages() && rows.tokens.size() < FIRST_ROWS + MORE_ROWS;
  }

  private Rows unanswered(Throwable failure) {
    LOG.debug("A sample of {} has no answer: {}", table.displayName(), String.valueOf(failure));
    return new Rows();
  }

  private SizeReport report(List<RingRange> ranges, List<Rows> answers) {
    List<RangeEstimate> estimates = new ArrayList<>();
    SizeReport.Bound bound = SizeReport.Bound.NEAR;
    for (int i = 0; i < ranges.size(); i++) {
      Rows rows = answers.get(i);
      if (!rows.complete && rows.tokens.isEmpty()) {
        // No answer: the range counts with the mean of the others.
        continue;
      }
      RangeSample sample = new RangeSample(ranges.get(i), rows.tokens, rows.total(), extent(rows));
      estimates.add(sample.estimate());
      bound = sample.isCutOff() ? SizeReport.Bound.LOWEST : bound;
    }
    return new SizeReport(estimates, means(answers), bound);
  }

  private RangeSample.Extent extent(Rows rows) {
    if (rows.complete) {
      return RangeSample.Extent.ALL;
    }
    return table.clusteringColumns().isEmpty()
        ? RangeSample.Extent.WHOLE_PARTITIONS
        : RangeSample.Extent.CUT_PARTITION;
  }

  private static Map<String, Double> means(List<Rows> answers) {
    int rows = answers.stream().mapToInt(answer -> answer.tokens.size()).sum();
    Map<String, Double> means = new HashMap<>();
    for (Rows answer : answers) {
      answer.bytes.forEach((column, bytes) -> means.merge(column, bytes / rows, Double::sum));
    }
    return means;
  }
}
