// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The cases of the benchmark by the driver alone: what CQL itself takes. */
public final class DriverContender {
  private static final int WRITES_IN_FLIGHT = 128;
  private static final int ROWS_OF_BATCH = 10;
  private static final int ROWS_OF_PARTITION = 20;
  private static final long KEYED_STEP = 50;

  private final CqlSession session;
  private final long rows;

  private DriverContender(CqlSession session, long rows) {
    this.session = session;
    this.rows = rows;
  }

  /** Arguments: host, port, data centre, rows. */
  public static void main(String[] args) throws IOException {
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(args[0], Integer.parseInt(args[1])))
            .withLocalDatacenter(args[2])
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
                    .build())
            .build();
    ContenderLoop.run(new DriverContender(session, Long.parseLong(args[3]))::run);
  }

  private long run(String name) throws InterruptedException {
    return switch (BenchCase.named(name).get(0)) {
      case SCAN_ALL -> scan("SELECT * FROM bench.t");
      case SCAN_NARROW -> scan("SELECT ck, c FROM bench.t");
      case SCAN_WIDE -> scan("SELECT * FROM bench.wide");
      case SCAN_TEXT -> scan("SELECT * FROM bench.texts");
      case SCAN_COLLECTIONS -> scan("SELECT * FROM bench.nested");
      case SCAN_SCALE_1 -> scan("SELECT * FROM bench.scale1");
      case SCAN_SCALE_4 -> scan("SELECT * FROM bench.scale4");
      case SCAN_SCALE_16 -> scan("SELECT * FROM bench.t");
      case JOIN_SMALL ->
          lookUp("SELECT id, v FROM bench.keyed WHERE id = ?", rows / 10, KEYED_STEP);
      case LOOKUP_JOIN ->
          lookUp("SELECT id, v FROM bench.keyed WHERE id = ?", rows / 10, KEYED_STEP);
      case LOOKUP_JOIN_LARGE ->
          lookUp("SELECT id, v FROM bench.keyed WHERE id = ?", rows, KEYED_STEP / 10);
      case COUNT -> count();
      case FILTER_CLUSTERING -> scan("SELECT * FROM bench.t", " AND ck < 2 ALLOW FILTERING");
      case LOOKUP_1000 ->
          lookUp("SELECT * FROM bench.t WHERE id = ?", 1000, rows / ROWS_OF_PARTITION / 1000);
      case SMALL_TABLE, COLD -> session.execute("SELECT * FROM bench.small").all().size();
      case WRITE_SORTED -> write(false, false);
      case WRITE_RANDOM -> write(true, false);
      case WRITE_NULLS -> write(false, true);
    };
  }

  private long scan(String select) {
    return scan(select, "");
  }

  private long scan(String select, String more) {
    return new TokenRangeScan(session, select, "token(id)", more).countRows();
  }

  private long count() {
    return new TokenRangeScan(session, "SELECT count(*) FROM bench.t", "token(id)", "")
        .sumFirstColumn();
  }

  private long lookUp(String select, long keys, long step) throws InterruptedException {
    PreparedStatement query = session.prepare(select);
    Window window = new Window();
    AtomicLong found = new AtomicLong();
    for (long i = 0; i < keys; i++) {
      long id = i * step;
      window.enter();
      var unused =
          session
              .executeAsync(query.bind(id))
              .whenComplete(
                  (page, failure) -> {
                    if (page != null) {
                      page.currentPage().forEach(row -> found.incrementAndGet());
                    }
                    window.leave(failure);
                  });
    }
    window.awaitAll();
    return found.get();
  }

  private long write(boolean random, boolean nulls) throws InterruptedException {
    PreparedStatement insert =
        session.prepare(
            nulls
                ? "INSERT INTO bench.target (id, ck, a, c, f) VALUES (?, ?, ?, ?, ?)"
                : "INSERT INTO bench.target (id, ck, a, b, c, d, e, f)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    Window window = new Window();
    if (random) {
      long stride = ScatteredOrder.stride(rows);
      for (long i = 0; i < rows; i++) {
        send(window, row(insert, i * stride % rows, nulls));
      }
    } else {
      for (long i = 0; i < rows; i += ROWS_OF_BATCH) {
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
        for (long j = i; j < Math.min(rows, i + ROWS_OF_BATCH); j++) {
          batch.addStatement(row(insert, j, nulls));
        }
        send(window, batch.build());
      }
    }
    window.awaitAll();
    return rows;
  }

  private void send(Window window, Statement<?> statement) throws InterruptedException {
    window.enter();
    var unused =
        session.executeAsync(statement).whenComplete((answer, failure) -> window.leave(failure));
  }

  private static BoundStatement row(PreparedStatement insert, long i, boolean nulls) {
    long id = i / ROWS_OF_PARTITION;
    int ck = (int) (i % ROWS_OF_PARTITION);
    int a = (int) (i % 1000);
    return nulls
        ? insert.bind(id, ck, a, (double) i, "a constant text")
        : insert.bind(
            id,
            ck,
            a,
            i * 3,
            (double) i,
            "some text " + i,
            Instant.ofEpochMilli(1_700_000_000_000L + i),
            "a constant text");
  }

  /** Requests under way; the first failure ends the run. */
  private static final class Window {
    private final Semaphore room = new Semaphore(WRITES_IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    void enter() throws InterruptedException {
      room.acquire();
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
    }

    void leave(@Nullable Throwable error) {
      failure.compareAndSet(null, error);
      room.release();
    }

    void awaitAll() throws InterruptedException {
      room.acquire(WRITES_IN_FLIGHT);
      room.release(WRITES_IN_FLIGHT);
      enter();
      leave(null);
    }
  }
}
