// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The heap that a reading task holds while its consumer takes its time, with the default buffer:
 * within twice the buffer and 32 MB, whatever the cells are. The figures are those of
 * docs/operating.md.
 */
class ReadHeapIT {
  private static final String KS = "heap";
  private static final String SECTION = "heap of a reading task";
  private static final long MB = 1 << 20;
  private static final long BUFFER = 16 * MB;
  private static final long MOST = 2 * BUFFER + 32 * MB;

  /** After so many bytes the buffer has been full. */
  private static final long ENOUGH = 18 * MB;

  private static final long NANOS_OF_QUIET = 300_000_000;

  /** The most live heap while the task read, in bytes. */
  private static final AtomicLong PEAK = new AtomicLong();

  @BeforeAll
  static void makeKeyspace() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  private static long liveHeap() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The live heap when nothing more of earlier work is let go. */
  private static long settledHeap() {
    long[] least = {liveHeap()};
    Cassandra.await(
        "the heap of earlier work to be let go",
        () -> {
          long before = least[0];
          least[0] = Math.min(before, liveHeap());
          return before - least[0] < MB / 4;
        });
    return least[0];
  }

  /** The live heap when nothing more arrives of what the task has asked for. */
  private static long heapWhenAllHasArrived() {
    long[] most = {liveHeap()};
    long[] since = {System.nanoTime()};
    Cassandra.await(
        "the pages under way",
        () -> {
          long present = liveHeap();
          if (present > most[0] + MB / 4) {
            most[0] = present;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > NANOS_OF_QUIET;
        });
    return most[0];
  }

  /** Reads slowly: after each megabyte or page, lets all that was asked for arrive. */
  private static void measure(Iterator<Row> rows) {
    // Looked up once, as it is asked for with each row; the first reading has made it.
    Counter bytes = Metrics.globalRegistry.get("ringside.read.bytes").counter();
    double start = bytes.count();
    double measured = start;
    while (rows.hasNext() && measured - start < ENOUGH) {
      rows.next();
      double read = bytes.count();
      if (read - measured > MB) {
        measured = read;
        PEAK.accumulateAndGet(heapWhenAllHasArrived(), Math::max);
      }
    }
    rows.forEachRemaining(row -> {});
  }

  /** The table, read by one task. */
  private static Dataset<Row> read(String table) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .option("read.max-splits", 1)
        // So many that the buffer alone bounds what is asked for at once.
        .option("read.ranges-in-flight", 32)
        .load();
  }

  private static void check(String rows, String table) throws IOException {
    // A task reads as many ranges at a time as the size that Cassandra tells is worth, and by
    // itself
    // Cassandra tells it every five minutes, of what has been flushed by then.
    CassandraNode node = Cassandra.CLUSTER.nodes().get(0);
    node.flush(KS);
    node.refreshSizeEstimates();
    Dataset<Row> read = read(table);
    // What all tasks of a JVM share is not the task's: the session, classes, compiled code.
    read.foreachPartition((ForeachPartitionFunction<Row>) all -> all.forEachRemaining(row -> {}));
    long before = settledHeap();
    PEAK.set(0);
    read.foreachPartition((ForeachPartitionFunction<Row>) ReadHeapIT::measure);
    // What earlier work left behind may be let go only after the heap seemed settled, so the
    // smaller
    // of both is what was there without the task.
    long held = PEAK.get() - Math.min(before, settledHeap());
    System.out.printf("READ HEAP %s: %.1f MB%n", rows, held / (double) MB);
    HeapFigures.read(SECTION).check(rows, held, MOST);
  }

  @Test
  void holdsTinyCells() throws IOException {
    String columns =
        IntStream.range(0, 24)
            .mapToObj(c -> "c" + c + " tinyint")
            .collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE heap.tiny (id int PRIMARY KEY, " + columns + ")");
    Spark.append(
        Spark.SESSION
            .range(160_000)
            .selectExpr(
                IntStream.range(-1, 24)
                    .mapToObj(
                        c -> c < 0 ? "cast(id AS int) AS id" : "cast(id % 100 AS tinyint) AS c" + c)
                    .toArray(String[]::new)),
        KS,
        "tiny");
    check("24 `tinyint` columns", "tiny");
  }

  @Test
  void holdsManyColumns() throws IOException {
    String columns =
        IntStream.range(0, 300).mapToObj(c -> "c" + c + " int").collect(Collectors.joining(", "));
    Cassandra.cql("CREATE TABLE heap.wide (id int PRIMARY KEY, " + columns + ")");
    Spark.append(
        Spark.SESSION
            .range(9_000)
            .selectExpr(
                IntStream.range(-1, 300)
                    .mapToObj(c -> c < 0 ? "cast(id AS int) AS id" : "cast(id AS int) AS c" + c)
                    .toArray(String[]::new)),
        KS,
        "wide");
    check("300 `int` columns", "wide");
  }

  @Test
  void holdsCellsOfAMegabyte() throws IOException {
    Cassandra.cql("CREATE TABLE heap.large (id int PRIMARY KEY, body text)");
    Spark.append(
        Spark.SESSION.range(60).selectExpr("cast(id AS int) AS id", "repeat('x', 1048576) AS body"),
        KS,
        "large");
    check("a `text` of 1 MB", "large");
  }

  @Test
  void holdsCollections() throws IOException {
    Cassandra.cql(
        "CREATE TABLE heap.collections (id int PRIMARY KEY, l list<int>, m map<int, text>)");
    Spark.append(
        Spark.SESSION
            .range(95_000)
            .selectExpr(
                "cast(id AS int) AS id",
                "sequence(1, 20) AS l",
                "map(1, 'one', 2, 'two', cast(id AS int) + 3, 'more') AS m"),
        KS,
        "collections");
    check("a list of 20 `int` and a map of 3 `text`", "collections");
  }
}
