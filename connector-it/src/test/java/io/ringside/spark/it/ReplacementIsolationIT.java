// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a reader at LOCAL_QUORUM sees of partitions while a job replaces them on three nodes, and
 * what is left when a task was killed meanwhile and ran again.
 */
@Tag("alone")
@ExtendWith(ThreeNodes.class)
class ReplacementIsolationIT {
  private static final String KS = "replacement";
  private static final int PARTITIONS = 30;
  private static final int ROWS = 60;
  private static final int OLD = 0;
  private static final int NEW = 1;
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 3}"
            .formatted(KS));
  }

  @AfterAll
  static void drop() {
    Cassandra.ddl(ThreeNodes.SESSION, "DROP KEYSPACE " + KS);
  }

  /** Old rows have the numbers from 0 on, new ones those from half of that on. */
  private static void make(String table) {
    Cassandra.ddl(
        ThreeNodes.SESSION,
        "CREATE TABLE %s.%s (k int, c int, s int static, v int, w text, PRIMARY KEY (k, c))"
            .formatted(KS, table));
    PreparedStatement insert =
        ThreeNodes.SESSION.prepare(
            "INSERT INTO %s.%s (k, c, s, v, w) VALUES (?, ?, ?, ?, 'old')".formatted(KS, table));
    for (int k = 0; k < PARTITIONS; k++) {
      for (int c = 0; c < ROWS; c++) {
        ThreeNodes.SESSION.execute(
            insert.bind(k, c, OLD, OLD).setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
      }
    }
  }

  /** Slow enough for a reader to see partitions of each kind. */
  private static CompletableFuture<Void> replace(String table, Map<String, String> options) {
    return CompletableFuture.runAsync(
        () ->
            SPARK
                .range((long) PARTITIONS * ROWS)
                .selectExpr(
                    "cast(id %% %d AS int) AS k".formatted(PARTITIONS),
                    "cast(%d + id div %d AS int) AS c".formatted(ROWS / 2, PARTITIONS),
                    NEW + " AS s",
                    NEW + " AS v",
                    "concat('new', id) AS w")
                .write()
                .format("cassandra")
                .option("contact-points", ThreeNodes.CLUSTER.contactPoint())
                .option("keyspace", KS)
                .option("table", table)
                .option("partition-overwrite-mode", "dynamic")
                .option("write.rate-limit", "300 rows")
                .options(options)
                .mode("overwrite")
                .save());
  }

  /** What a reader has seen of partitions: numbers of rows by what they are. */
  private static final class Seen {
    final Set<Integer> old = new TreeSet<>();
    final Set<Integer> replaced = new TreeSet<>();
    final List<String> mixtures = new ArrayList<>();

    void note(int k, List<Row> rows) {
      Set<Integer> values = new TreeSet<>();
      for (Row row : rows) {
        values.add(row.getInt("v"));
        values.add(row.getInt("s"));
      }
      if (values.equals(Set.of(OLD))) {
        old.add(rows.size());
      } else if (values.equals(Set.of(NEW))) {
        replaced.add(rows.size());
      } else {
        mixtures.add("partition " + k + ": " + rows.size() + " rows of " + values);
      }
    }
  }

  /** Reads all partitions again and again, each in one page, until a job has ended. */
  private static Seen readUntilDone(String table, CompletableFuture<Void> job) {
    PreparedStatement select =
        ThreeNodes.SESSION.prepare("SELECT s, v FROM %s.%s WHERE k = ?".formatted(KS, table));
    Seen seen = new Seen();
    boolean done;
    do {
      done = job.isDone();
      for (int k = 0; k < PARTITIONS; k++) {
        seen.note(
            k,
            ThreeNodes.SESSION
                .execute(
                    select
                        .bind(k)
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                        .setPageSize(10 * ROWS))
                .all());
      }
    } while (!done);
    job.join();
    return seen;
  }

  private static Map<Long, Integer> cellsByTime(String table) {
    Map<Long, Integer> cells = new TreeMap<>();
    for (Row row :
        ThreeNodes.SESSION.execute(
            SimpleStatement.newInstance(
                    "SELECT writetime(s), writetime(v), writetime(w) FROM %s.%s"
                        .formatted(KS, table))
                .setConsistencyLevel(ConsistencyLevel.ALL))) {
      for (int i = 0; i < 3; i++) {
        cells.merge(row.getLong(i), 1, Integer::sum);
      }
    }
    return cells;
  }

  @Test
  void aPartitionOfOneBatchIsSeenOldOrNewAndWhole() {
    make("whole");
    Seen seen =
        readUntilDone(
            "whole",
            replace("whole", Map.of("write.batch-rows", "1000", "write.batch-bytes", "40k")));
    assertThat(seen.mixtures).isEmpty();
    assertThat(seen.old).containsExactly(ROWS);
    assertThat(seen.replaced).containsExactly(ROWS);
    assertThat(cellsByTime("whole").values()).containsExactly(3 * PARTITIONS * ROWS);
  }

  @Test
  void aPartitionOfManyBatchesIsNeverSeenMixed() {
    make("parts");
    Seen seen = readUntilDone("parts", replace("parts", Map.of("write.batch-rows", "7")));
    assertThat(seen.mixtures).isEmpty();
    assertThat(seen.old).containsExactly(ROWS);
    assertThat(seen.replaced)
        .as("also before all rows are there")
        .contains(ROWS)
        .hasSizeGreaterThan(1);
  }

  @Test
  void aTaskThatIsKilledAndRunsAgainLeavesTheSameCells() {
    make("killed");
    Attempts attempts = new Attempts();
    SPARK.sparkContext().addSparkListener(attempts);
    try {
      CompletableFuture<Void> job = replace("killed", Map.of("write.batch-rows", "7"));
      Cassandra.await("some rows are new", ReplacementIsolationIT::hasNews);
      SPARK.sparkContext().killTaskAttempt(attempts.latestRunning(), true, "the test ends it");
      Seen seen = readUntilDone("killed", job);
      assertThat(seen.mixtures).isEmpty();
      assertThat(attempts.killed).hasValue(1);
    } finally {
      SPARK.sparkContext().removeSparkListener(attempts);
    }
    assertThat(cellsByTime("killed").values())
        .as("cells of each write time")
        .containsExactly(3 * PARTITIONS * ROWS);
  }

  private static boolean hasNews() {
    return !ThreeNodes.SESSION
        .execute("SELECT k FROM %s.killed WHERE v = 1 LIMIT 1 ALLOW FILTERING".formatted(KS))
        .all()
        .isEmpty();
  }

  /** The attempts at tasks. */
  private static final class Attempts extends SparkListener {
    final AtomicInteger killed = new AtomicInteger();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      running.add(start.taskInfo().taskId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      running.remove(end.taskInfo().taskId());
      if (end.taskInfo().killed()) {
        killed.incrementAndGet();
      }
    }

    long latestRunning() {
      return running.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
  }
}
