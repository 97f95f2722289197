// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes to three real nodes with three replicas while the cluster or Spark is ill: the job does
 * not fail, every row is there, and all its cells have the job's one write time. The tests' own
 * Spark does not try a task twice. The keyspace stays: a node that still replays hints for its
 * tables can fail to drop them, and then has another schema than the others for minutes.
 */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class WriteResilienceIT {
  private static final int ROWS = Integer.getInteger("resilience.write.rows", 100_000);
  private static final Duration JOB_LIMIT = Duration.ofMinutes(8);
  private static final CassandraCluster CLUSTER = ThreeNodes.CLUSTER;
  private static final CqlSession SESSION = ThreeNodes.SESSION;

  @TempDir private Path directory;

  @BeforeAll
  static void countMeters() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.ddl(
        SESSION,
        "CREATE KEYSPACE write_ill WITH replication = {'class': 'NetworkTopologyStrategy',"
            + " 'datacenter1': 3}");
    for (String table : List.of("dies", "freezes", "executor", "overloaded")) {
      Cassandra.ddl(
          SESSION,
          "CREATE TABLE write_ill.%s (id bigint, n int, v text, l list<int>, PRIMARY KEY (id, n))"
              .formatted(table));
    }
    Cassandra.ddl(
        SESSION, "CREATE TABLE write_ill.sums (id bigint, n int, c counter, PRIMARY KEY (id, n))");
  }

  private static void write(String table, Map<String, String> options) {
    write(table, List.of("concat('v', id) AS v", "array(1, cast(id AS int)) AS l"), options);
  }

  private static void write(String table, List<String> values, Map<String, String> options) {
    List<String> columns = new ArrayList<>(values);
    columns.add("id div 20 AS id");
    columns.add("cast(id % 20 AS int) AS n");
    Spark.SESSION
        .range(ROWS)
        .selectExpr(columns.toArray(String[]::new))
        .write()
        .format("cassandra")
        .option("contact-points", CLUSTER.contactPoint())
        .option("keyspace", "write_ill")
        .option("table", table)
        .options(options)
        .mode("append")
        .save();
  }

  /** By key and cell, at the level that must see what was acknowledged. */
  private static void assertThatAllRowsAreThere(String table) {
    BitSet found = new BitSet(ROWS);
    Set<Long> times = new HashSet<>();
    List<Row> rows = read("SELECT id, n, v, writetime(v), l FROM write_ill." + table);
    for (Row row : rows) {
      int number = Math.toIntExact(row.getLong(0) * 20 + row.getInt(1));
      assertThat(row.getString(2)).isEqualTo("v" + number);
      found.set(number);
      times.add(row.getLong(3));
      assertThat(row.getList(4, Integer.class)).containsExactly(1, number);
    }
    assertThat(rows).hasSize(ROWS);
    assertThat(found.cardinality()).isEqualTo(ROWS);
    long first = Collections.min(times);
    assertThat(times)
        .as("the job's time, or a little later when repeated")
        .allMatch(time -> time - first < TimeUnit.SECONDS.toMicros(1));
  }

  /** All rows, at the second try or later: nodes ask one that is away until they notice. */
  private static List<Row> read(String query) {
    List<Row> rows = new ArrayList<>();
    Cassandra.await(
        "two replicas answer " + query,
        () -> {
          rows.clear();
          try {
            SESSION
                .execute(
                    SimpleStatement.newInstance(query).setConsistencyLevel(ConsistencyLevel.QUORUM))
                .forEach(rows::add);
            return true;
          } catch (DriverException notYet) {
            return false;
          }
        });
    return rows;
  }

  private static double retries(String reason) {
    Counter counter =
        Metrics.globalRegistry.find("ringside.write.retries").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private static double rowsWritten() {
    Counter counter = Metrics.globalRegistry.find("ringside.write.rows").counter();
    return counter == null ? 0 : counter.count();
  }

  /** A write of which a tenth is done. */
  private static CompletableFuture<Void> begin(String table, Map<String, String> options) {
    return begin(() -> write(table, options));
  }

  private static CompletableFuture<Void> begin(Runnable write) {
    double before = rowsWritten();
    CompletableFuture<Void> job = CompletableFuture.runAsync(write);
    Cassandra.await(
        "a part of the write", () -> rowsWritten() - before > ROWS / 10.0 || job.isDone());
    return job;
  }

  @Test
  void writesOnWhenANodeDies() {
    double before = retries("UNREACHABLE");
    CompletableFuture<Void> job = begin("dies", Map.of("write.in-flight", "16"));
    CLUSTER.nodes().get(1).kill();
    try {
      assertThat(job.isDone()).isFalse();
      job.join();
      assertThat(retries("UNREACHABLE")).isGreaterThan(before);
      assertThatAllRowsAreThere("dies");
    } finally {
      CLUSTER.nodes().get(1).start();
    }
  }

  @Test
  void writesOnWhenANodeFreezes() {
    double before = retries("TIMEOUT") + retries("UNREACHABLE");
    CompletableFuture<Void> job =
        begin("freezes", Map.of("write.in-flight", "16", "write.request-timeout", "2s"));
    CLUSTER.nodes().get(2).pause();
    try {
      assertThat(job.isDone()).isFalse();
      job.join();
      assertThat(retries("TIMEOUT") + retries("UNREACHABLE")).isGreaterThan(before);
    } finally {
      CLUSTER.nodes().get(2).resume();
    }
    assertThatAllRowsAreThere("freezes");
  }

  @Test
  void neverSendsAnAdditionTwice() {
    CompletableFuture<Void> job =
        begin(
            () ->
                write(
                    "sums",
                    List.of("1L AS c"),
                    Map.of("write.in-flight", "16", "write.batch-rows", "4")));
    CLUSTER.nodes().get(1).pause();
    CLUSTER.nodes().get(2).pause();
    List<String> unknown;
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      assertThatThrownBy(job::join)
          .hasStackTraceContaining(
              "It is unknown whether these rows were written, so they were not");
      unknown = statementsOf(log, "write_ill.sums");
    } finally {
      CLUSTER.nodes().get(1).resume();
      CLUSTER.nodes().get(2).resume();
    }
    List<Row> rows = read("SELECT c FROM write_ill.sums");
    assertThat(rows).allMatch(row -> row.getLong(0) == 1);
    assertThat(rows).hasSizeBetween(ROWS / 10, ROWS);
    // Each statement finds its row, or that it was not written.
    assertThat(unknown).isNotEmpty().doesNotHaveDuplicates();
    for (String statement : unknown) {
      assertThat(read(statement)).hasSizeLessThanOrEqualTo(1);
    }
  }

  /** The statements by which the log names the rows that nobody knows to be written. */
  private static List<String> statementsOf(CapturedLog log, String table) {
    String start = "Unknown outcome of a write to " + table + ": ";
    return log.lines().stream()
        .filter(line -> line.contains(start))
        .map(line -> line.substring(line.indexOf(start) + start.length()))
        .toList();
  }

  @Test
  void slowsDownWhenServersAreOverloaded() {
    double before = retries("OVERLOADED");
    // Opens the connections, whose requests count too.
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .option("contact-points", CLUSTER.contactPoint())
                .option("keyspace", "write_ill")
                .option("table", "overloaded")
                .load()
                .count())
        .isZero();
    ThreeNodes.withRequestsPerSecond(60, () -> write("overloaded", Map.of()));
    assertThat(retries("OVERLOADED")).isGreaterThan(before);
    assertThatAllRowsAreThere("overloaded");
  }

  @Test
  void writesEveryRowOnceWhenAnExecutorDies() throws InterruptedException {
    assertThat(repeatedTasks("executor")).isPositive();
    assertThatAllRowsAreThere("executor");
  }

  private int repeatedTasks(String table) throws InterruptedException {
    SparkHome home = SparkHome.make(directory);
    try (SparkProcess job =
        SparkProcess.start(
            home,
            "job",
            "127.0.0.1",
            WriteJob.class.getName(),
            List.of(
                CLUSTER.contactPoint(),
                "write_ill",
                table,
                String.valueOf(ROWS),
                home.folders()))) {
      String log = job.await(JOB_LIMIT);
      int at = log.lastIndexOf(WriteJob.REPEATED);
      assertThat(at).as(log).isNotNegative();
      return Integer.parseInt(log.substring(at + WriteJob.REPEATED.length()).strip());
    }
  }
}
