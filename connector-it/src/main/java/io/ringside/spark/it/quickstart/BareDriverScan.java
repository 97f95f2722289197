// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import io.ringside.spark.it.cassandra.CassandraCluster;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit: all cells of a table by the driver alone, several token ranges at once, the next page
 * asked for before the one at hand is looked at, and each cell's bytes touched by two threads.
 */
final class BareDriverScan implements AutoCloseable {
  private static final int IN_FLIGHT = 8;
  private static final int THREADS = 2;
  private static final int PAGE_ROWS = 10_000;

  private final CqlSession session;
  private final PreparedStatement query;

  BareDriverScan(CassandraCluster cluster, String keyspace, String table, String token) {
    this.session =
        CqlSession.builder()
            .addContactPoints(cluster.contactPoints())
            .withLocalDatacenter(cluster.localDatacenter())
            .build();
    this.query =
        session.prepare(
            "SELECT * FROM %s.%s WHERE %s > ? AND %s <= ?"
                .formatted(keyspace, table, token, token));
  }

  /** Reads all and returns the number of rows. */
  long countRows() {
    Queue<TokenRange> pending = new ArrayDeque<>();
    for (TokenRange range : session.getMetadata().getTokenMap().orElseThrow().getTokenRanges()) {
      pending.addAll(range.unwrap());
    }
    AtomicLong rows = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  rows.addAndGet(drain(pending));
                } catch (RuntimeException | InterruptedException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              },
              "bare-driver-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0));
    }
    return rows.get();
  }

  private record Arrival(AsyncResultSet page, Throwable failure) {}

  private long drain(Queue<TokenRange> pending) throws InterruptedException {
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    int underWay = 0;
    long rows = 0;
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
        return rows;
      }
      Arrival arrival = arrivals.take();
      if (arrival.failure() != null) {
        throw new IllegalStateException(arrival.failure());
      }
      if (arrival.page().hasMorePages()) {
        var unused =
            arrival
                .page()
                .fetchNextPage()
                .whenComplete((page, failure) -> arrivals.add(new Arrival(page, failure)));
      } else {
        underWay--;
      }
      rows += touch(arrival.page());
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

  @Override
  public void close() {
    session.close();
  }
}
