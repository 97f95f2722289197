// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The heap that a reading task holds while its consumer takes its time: within twice the buffer and
 * 32 MB, whatever the cells are.
 */
class ReadHeapIT {
  private static final String KS = "heap";
  private static final long MB = 1 << 20;
  private static final long BUFFER = 16 * MB;
  private static final AtomicLong BEFORE = new AtomicLong();
  private static final AtomicLong HELD = new AtomicLong();

  @BeforeAll
  static void makeKeyspace() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  private static double bytesRead() {
    Counter counter = Metrics.globalRegistry.find("ringside.read.bytes").counter();
    return counter == null ? 0 : counter.count();
  }

  private static long liveHeap() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The live heap when nothing more of earlier tests is let go. */
  private static long settledHeap() {
    long[] least = {liveHeap()};
    Cassandra.await(
        "the heap of earlier tests to be let go",
        () -> {
          long before = least[0];
          least[0] = Math.min(before, liveHeap());
          return before - least[0] < MB / 4;
        });
    return least[0];
  }

  /** Reads some pages' rows, then waits until nothing more arrives and measures. */
  private static void measure(Iterator<Row> rows) {
    double start = bytesRead();
    while (rows.hasNext() && bytesRead() - start < 4 * MB) {
      rows.next();
    }
    double[] last = {-1};
    long[] since = {System.nanoTime()};
    Cassandra.await(
        "the task's requests",
        () -> {
          double present = bytesRead();
          if (present != last[0]) {
            last[0] = present;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > TimeUnit.MILLISECONDS.toNanos(500);
        });
    HELD.accumulateAndGet(liveHeap() - BEFORE.get(), Math::max);
    rows.forEachRemaining(row -> {});
  }

  private static void assertThatHeapIsBounded(String what, String table) {
    Dataset<Row> read =
        Spark.SESSION
            .read()
            .format("cassandra")
            .option("keyspace", KS)
            .option("table", table)
            .option("read.split-size", "4g")
            .option("read.buffer-size", BUFFER)
            .load();
    HELD.set(0);
    // Before the job: a task asks for its first pages while it is being set up.
    BEFORE.set(settledHeap());
    read.foreachPartition((ForeachPartitionFunction<Row>) ReadHeapIT::measure);
    System.out.printf("heap of a reading task, %s: %.1f MB%n", what, HELD.get() / (double) MB);
    assertThat(HELD.get()).isBetween(1L, 2 * BUFFER + 32 * MB);
  }

  @Test
  void boundsTinyCells() {
    String columns =
        IntStream.range(0, 24)
            .mapToObj(c -> "c" + c + " tinyint")
            .collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE heap.tiny (id int PRIMARY KEY, " + columns + ")");
    Spark.append(
        Spark.SESSION
            .range(150_000)
            .selectExpr(
                IntStream.range(-1, 24)
                    .mapToObj(
                        c -> c < 0 ? "cast(id AS int) AS id" : "cast(id % 100 AS tinyint) AS c" + c)
                    .toArray(String[]::new)),
        KS,
        "tiny");
    assertThatHeapIsBounded("24 tinyint columns", "tiny");
  }

  @Test
  void boundsManyColumns() {
    String columns =
        IntStream.range(0, 300).mapToObj(c -> "c" + c + " int").collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE heap.wide (id int PRIMARY KEY, " + columns + ")");
    Spark.append(
        Spark.SESSION
            .range(8_000)
            .selectExpr(
                IntStream.range(-1, 300)
                    .mapToObj(c -> c < 0 ? "cast(id AS int) AS id" : "cast(id AS int) AS c" + c)
                    .toArray(String[]::new)),
        KS,
        "wide");
    assertThatHeapIsBounded("300 int columns", "wide");
  }

  @Test
  void boundsCellsOfAMegabyte() {
    Cassandra.cql("CREATE TABLE heap.large (id int PRIMARY KEY, body text)");
    Spark.append(
        Spark.SESSION
            .range(120)
            .selectExpr("cast(id AS int) AS id", "repeat('x', 1048576) AS body"),
        KS,
        "large");
    assertThatHeapIsBounded("cells of 1 MB", "large");
  }

  @Test
  void boundsCollections() {
    Cassandra.cql(
        "CREATE TABLE heap.collections (id int PRIMARY KEY, l list<int>, m map<int, text>)");
    Spark.append(
        Spark.SESSION
            .range(40_000)
            .selectExpr(
                "cast(id AS int) AS id",
                "sequence(1, 20) AS l",
                "map(1, 'one', 2, 'two', cast(id AS int) + 3, 'more') AS m"),
        KS,
        "collections");
    assertThatHeapIsBounded("lists and maps", "collections");
  }
}
