// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import io.ringside.spark.it.spark.Program;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.SparkRelease;
import io.ringside.spark.it.spark.SparkSubmit;
import io.ringside.spark.it.spark.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster next to Cassandra: a Worker on the address of each node. Tasks run where
 * their rows are.
 */
class StandaloneClusterIT {
  private static final int ROWS = 20_000;
  private static final int SPLITS = 60;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void tasksRunOnTheNodesThatOwnTheirRows() throws Exception {
    try (CassandraCluster cassandra = CassandraClusters.start(ClusterSpec.nodes("standalone", 2));
        CqlSession session = Cassandra.open(cassandra)) {
      JobTables tables = JobTables.make(session, "standalone", ROWS);
      List<String> hosts = cassandra.nodes().stream().map(CassandraNode::host).toList();
      EventLog log = new EventLog(run(tables, cassandra.contactPoint(), hosts));
      tables.assertDone();

      List<EventLog.Task> tasks = log.tasksOfScans();
      long local = tasks.stream().filter(task -> task.locality().equals("NODE_LOCAL")).count();
      long pages = log.total(EventLog.PAGES);
      long replicaPages = log.total(EventLog.PAGES_OF_REPLICAS);
      System.out.printf(
          "STANDALONE tasks=%d node-local=%d pages=%d by-a-replica=%d%n",
          tasks.size(), local, pages, replicaPages);
      assertThat(tasks).hasSizeGreaterThanOrEqualTo(SPLITS);
      assertThat(local).isGreaterThanOrEqualTo(tasks.size() * 9L / 10);
      assertThat(tasks).extracting(EventLog.Task::host).contains(hosts.toArray(String[]::new));
      assertThat(pages).isGreaterThanOrEqualTo(SPLITS);
      assertThat(replicaPages).isGreaterThanOrEqualTo(pages * 9 / 10);
    }
  }

  /** Runs the program with the connector in {@code --jars} alone; the log of its events. */
  private Path run(JobTables tables, String contactPoint, List<String> hosts) throws Exception {
    SparkRelease release = SparkRelease.underTest();
    List<Path> jars = release.jars();
    assertThat(jars).doesNotContain(JobTables.connector());
    SparkHome home = SparkHome.make(directory, release, jars);
    Program program = Program.compile(directory, "ClusterJob", jars);
    Path events = Files.createDirectory(directory.resolve("events"));
    Map<String, String> settings = new HashMap<>(JobTables.settings(contactPoint));
    // Begins when both executors are there: until then every task would be far from half the rows.
    settings.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    settings.put("spark.eventLog.enabled", "true");
    settings.put("spark.eventLog.dir", events.toUri().toString());
    settings.put("spark.eventLog.compress", "false");
    settings.put("spark.eventLog.rolling.enabled", "false");
    try (StandaloneCluster cluster = StandaloneCluster.start(home, hosts);
        SparkProcess job =
            new SparkSubmit(cluster.master(), List.of(JobTables.connector()), List.of(), settings)
                .start(
                    home,
                    "job",
                    program,
                    List.of(tables.keyspace(), String.valueOf(ROWS), String.valueOf(SPLITS)))) {
      assertThat(job.await(LIMIT)).contains("JOB OK " + tables.rowsWhenDone());
    }
    try (var files = Files.list(events)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }
}
