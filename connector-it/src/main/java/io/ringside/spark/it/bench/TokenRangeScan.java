// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The limit: all cells of a table by the driver alone, several token ranges at once, the next page
 * asked for before the one at hand is looked at, and each cell's bytes touched by two threads.
 */
public final class TokenRangeScan {
  private static final int IN_FLIGHT = 8;
  private static final int THREADS = 2;
  private static final int PAGE_ROWS = 10_000;

  private final CqlSession session;
  private final PreparedStatement query;

  /**
   * Prepares the scan.
   *
   * @param select the query up to its {@code WHERE}
   * @param token the token of the partition key, as CQL
   * @param more what follows the token range in the query
   */
  public TokenRangeScan(CqlSession session, String select, String token, String more) {
    this.session = session;
    this.query =
        session.prepare("%s WHERE %s > ? AND %s <= ?%s".formatted(select, token, token, more));
  }

  /** Reads all and returns the number of rows. */
  public long countRows() {
    return read(TokenRangeScan::touch);
  }

  /** Reads all and returns the sum of the first column, a bigint. */
  public long sumFirstColumn() {
    return read(
        page -> {
          long sum = 0;
          for (Row row : page.currentPage()) {
            sum += row.getLong(0);
          }
          return sum;
        });
  }

  private long read(ToLongFunction<AsyncResultSet> work) {
    Queue<TokenRange> pending = new ArrayDeque<>();
    for (TokenRange range : session.getMetadata().getTokenMap().orElseThrow().getTokenRanges()) {
      pending.addAll(range.unwrap());
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        parts.add(threads.submit(() -> drain(pending, work)));
      }
      long sum = 0;
      for (Future<Long> part : parts) {
        sum += part.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private record Arrival(@Nullable AsyncResultSet page, @Nullable Throwable failure) {}

  private long drain(Queue<TokenRange> pending, ToLongFunction<AsyncResultSet> work)
      throws InterruptedException {
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    int underWay = 0;
    long sum = 0;
    while (true) {
      while (underWay < IN_FLIGHT / THREADS) {
        TokenRange range;
        synchronized (pending) {
          range = pending.poll();
        }
        if (range == null) {
          break;
        }
        underWay++;
        var unused =
            session
                .executeAsync(
                    query
                        .boundStatementBuilder()
                        .setToken(0, range.getStart())
                        .setToken(1, range.getEnd())
                        .setRoutingToken(range.getEnd())
                        .setPageSize(PAGE_ROWS)
                        .build())
                .whenComplete((page, failure) -> arrivals.add(new Arrival(page, failure)));
      }
      if (underWay == 0) {
        return sum;
      }
      Arrival arrival = arrivals.take();
      AsyncResultSet page = arrival.page();
      if (page == null) {
        throw new IllegalStateException(arrival.failure());
      }
      if (page.hasMorePages()) {
        var unused =
            page.fetchNextPage()
                .whenComplete((next, failure) -> arrivals.add(new Arrival(next, failure)));
      } else {
        underWay--;
      }
      sum += work.applyAsLong(page);
    }
  }

  private static long touch(AsyncResultSet page) {
    long rows = 0;
    long bytes = 0;
    int columns = page.getColumnDefinitions().size();
    for (Row row : page.currentPage()) {
      for (int i = 0; i < columns; i++) {
        ByteBuffer cell = row.getBytesUnsafe(i);
        bytes += cell == null || cell.remaining() == 0 ? 0 : cell.get(cell.position());
      }
      rows++;
    }
    return bytes == Long.MIN_VALUE ? 0 : rows;
  }
}
