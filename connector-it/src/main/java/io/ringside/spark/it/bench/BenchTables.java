// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** The tables that the cases read and write; the same in every run. */
final class BenchTables {
  private static final int ROWS_OF_PARTITION = 20;
  private static final int IN_FLIGHT = 64;

  private static final String COLUMNS =
      "(id bigint, ck int, a int, b bigint, c double, d text, e timestamp, f text,"
          + " PRIMARY KEY (id, ck))";

  private final CqlSession session;

  BenchTables(CqlSession session) {
    this.session = session;
  }

  void create(long rows) throws InterruptedException {
    session.execute(
        "CREATE KEYSPACE bench WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    session.execute("CREATE TABLE bench.t " + COLUMNS);
    session.execute("CREATE TABLE bench.small " + COLUMNS);
    session.execute("CREATE TABLE bench.target " + COLUMNS);
    session.execute("CREATE TABLE bench.texts (id bigint PRIMARY KEY, v text)");
    load("t", rows);
    load("small", 40);
    loadTexts(rows / 10);
  }

  void clearTarget() {
    session.execute("TRUNCATE bench.target");
  }

  private void load(String table, long rows) throws InterruptedException {
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO bench.%s (id, ck, a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                .formatted(table));
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long id = 0; id * ROWS_OF_PARTITION < rows; id++) {
      BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
      for (int ck = 0; ck < ROWS_OF_PARTITION; ck++) {
        long i = id * ROWS_OF_PARTITION + ck;
        batch.addStatement(
            insert.bind(
                id,
                ck,
                (int) (i % 1000),
                i * 3,
                (double) i,
                "some text " + i,
                Instant.ofEpochMilli(1_700_000_000_000L + i),
                "a constant text"));
      }
      room.acquire();
      release(session.executeAsync(batch.build()), room);
    }
    room.acquire(IN_FLIGHT);
  }

  private void loadTexts(long rows) throws InterruptedException {
    PreparedStatement insert = session.prepare("INSERT INTO bench.texts (id, v) VALUES (?, ?)");
    String text = "0123456789abcdef".repeat(64);
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long id = 0; id < rows; id++) {
      room.acquire();
      release(session.executeAsync(insert.bind(id, text)), room);
    }
    room.acquire(IN_FLIGHT);
  }

  /** A lost row shows as a wrong count in the first run. */
  private static void release(CompletionStage<?> write, Semaphore room) {
    var unused = write.whenComplete((answer, failure) -> room.release());
  }
}
