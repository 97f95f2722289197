// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** The tables that the cases read and write; the same in every run. */
final class BenchTables {
  private static final int ROWS_OF_PARTITION = 20;
  private static final int IN_FLIGHT = 64;

  /** The cases that look up keys in the largest table. */
  private static final Set<BenchCase> KEYED =
      Set.of(BenchCase.JOIN_SMALL, BenchCase.LOOKUP_JOIN, BenchCase.LOOKUP_JOIN_LARGE);

  private static final String COLUMNS =
      "(id bigint, ck int, a int, b bigint, c double, d text, e timestamp, f text,"
          + " PRIMARY KEY (id, ck))";

  private final CqlSession session;
  private long asked;

  BenchTables(CqlSession session) {
    this.session = session;
  }

  /** Makes and fills the tables that the cases need. */
  void create(long rows, Collection<BenchCase> cases) throws InterruptedException {
    session.execute(
        "CREATE KEYSPACE bench WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    session.execute("CREATE TABLE bench.t " + COLUMNS);
    session.execute("CREATE TABLE bench.small " + COLUMNS);
    session.execute("CREATE TABLE bench.target " + COLUMNS);
    session.execute("CREATE TABLE bench.texts (id bigint PRIMARY KEY, v text)");
    load("t", rows);
    load("small", 40);
    if (cases.contains(BenchCase.SCAN_TEXT)) {
      loadTexts(rows / 10);
    }
    if (cases.contains(BenchCase.SCAN_WIDE)) {
      loadWide(rows / 20);
    }
    if (cases.contains(BenchCase.SCAN_COLLECTIONS)) {
      loadCollections(rows / 5);
    }
    if (KEYED.stream().anyMatch(cases::contains)) {
      loadKeyed(rows * 5);
    }
    for (int part : List.of(1, 4)) {
      if (cases.contains(part == 1 ? BenchCase.SCAN_SCALE_1 : BenchCase.SCAN_SCALE_4)) {
        session.execute("CREATE TABLE bench.scale%d ".formatted(part) + COLUMNS);
        load("scale" + part, rows * part / 16);
      }
    }
  }

  /**
   * Requests that the server has run so far: statements of reads, each page of an answer one, or
   * writes to a partition, each batch one.
   */
  long requestsRun(BenchCase one) {
    return one.isWrite() ? writesRun() : statementsRun();
  }

  /** As each of them coordinates one partition's write, whether a batch or a single statement. */
  private long writesRun() {
    long sum = 0;
    for (Row row :
        session.execute(
            "SELECT keyspace_name, count FROM system_views.coordinator_write_latency")) {
      if ("bench".equals(row.getString(0))) {
        sum += row.getLong(1);
      }
    }
    return sum;
  }

  private long statementsRun() {
    // This statement counts itself once it has run.
    long sum = -asked++;
    for (Row row : session.execute("SELECT name, value FROM system_views.cql_metrics")) {
      String name = String.valueOf(row.getString(0));
      if (name.endsWith("_statements_executed")) {
        sum += (long) row.getDouble(1);
      }
    }
    return sum;
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

  /** 98 columns, numbers and texts in turn, beside the key. */
  private void loadWide(long rows) throws InterruptedException {
    StringBuilder columns = new StringBuilder("id bigint PRIMARY KEY, n bigint");
    StringBuilder names = new StringBuilder("id, n");
    for (int i = 0; i < 98; i++) {
      columns.append(", c").append(i).append(i % 2 == 0 ? " int" : " text");
      names.append(", c").append(i);
    }
    session.execute("CREATE TABLE bench.wide (" + columns + ")");
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO bench.wide (%s) VALUES (?%s)".formatted(names, ", ?".repeat(99)));
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long id = 0; id < rows; id++) {
      Object[] values = new Object[100];
      values[0] = id;
      values[1] = id * 3;
      for (int i = 0; i < 98; i++) {
        values[i + 2] = i % 2 == 0 ? (Object) (int) (id + i) : "text " + (id + i);
      }
      room.acquire();
      release(session.executeAsync(insert.bind(values)), room);
    }
    room.acquire(IN_FLIGHT);
  }

  private void loadCollections(long rows) throws InterruptedException {
    session.execute("CREATE TYPE bench.place (street text, number int)");
    session.execute(
        "CREATE TABLE bench.nested (id bigint PRIMARY KEY, l list<int>, s set<text>,"
            + " m map<text, int>, u frozen<place>)");
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO bench.nested (id, l, s, m, u) VALUES (?, ?, ?, ?,"
                + " {street: 'a street', number: 7})");
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long id = 0; id < rows; id++) {
      int i = (int) id;
      room.acquire();
      release(
          session.executeAsync(
              insert.bind(
                  id,
                  List.of(i, i + 1, i + 2, i + 3, i + 4),
                  Set.of("a" + i, "b" + i, "c" + i),
                  Map.of("x" + i, i, "y" + i, i + 1, "z" + i, i + 2))),
          room);
    }
    room.acquire(IN_FLIGHT);
  }

  private void loadKeyed(long rows) throws InterruptedException {
    session.execute("CREATE TABLE bench.keyed (id bigint PRIMARY KEY, v text)");
    PreparedStatement insert = session.prepare("INSERT INTO bench.keyed (id, v) VALUES (?, ?)");
    Semaphore room = new Semaphore(2 * IN_FLIGHT);
    for (long id = 0; id < rows; id++) {
      room.acquire();
      release(session.executeAsync(insert.bind(id, "value " + id)), room);
    }
    room.acquire(2 * IN_FLIGHT);
  }

  /** A lost row shows as a wrong count in the first run. */
  private static void release(CompletionStage<?> write, Semaphore room) {
    var unused = write.whenComplete((answer, failure) -> room.release());
  }
}
