// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.StandaloneCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two attempts at one task, on two hosts at the same time, write the same rows: each is there once.
 */
@Tag("alone")
class SpeculationIT {
  private static final String KS = "speculation";
  private static final int ROWS = 80_000;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @TempDir private Path directory;

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql(
        "CREATE TABLE speculation.twice (id bigint, n int, v text, attempts set<int>,"
            + " PRIMARY KEY (id, n))");
  }

  @Test
  void rowsComeOnceUnderSpeculation() throws InterruptedException {
    assertThat(copies("twice")).isEqualTo(1);

    BitSet found = new BitSet(ROWS);
    Set<Long> times = new HashSet<>();
    int rows = 0;
    int byBoth = 0;
    for (Row row :
        Cassandra.cql(
            "SELECT id, n, v, attempts, writetime(v), writetime(attempts)"
                + " FROM speculation.twice")) {
      rows++;
      int number = Math.toIntExact(row.getLong(0) * 20 + row.getInt(1));
      found.set(number);
      assertThat(row.getString(2)).isEqualTo("v" + number);
      Set<Integer> attempts = row.getSet(3, Integer.class);
      if (number / (ROWS / SpeculationJob.TASKS) == SpeculationJob.SLOW_TASK) {
        assertThat(attempts).isNotEmpty().isSubsetOf(0, 1);
        byBoth += attempts.size() == 2 ? 1 : 0;
      } else {
        assertThat(attempts).isNotEmpty();
      }
      times.add(row.getLong(4));
      times.addAll(row.getList(5, Long.class));
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(found.cardinality()).isEqualTo(ROWS);
    assertThat(byBoth).as("rows that both attempts wrote").isPositive();
    long now = System.currentTimeMillis() * 1000;
    assertThat(times).allMatch(time -> time > now - LIMIT.toNanos() / 1000 && time < now);
  }

  private int copies(String table) throws InterruptedException {
    SparkHome home = SparkHome.make(directory);
    try (StandaloneCluster cluster =
            StandaloneCluster.start(home, List.of("127.0.0.2", "127.0.0.3"));
        SparkProcess job =
            SparkProcess.start(
                home,
                "job",
                "127.0.0.1",
                SpeculationJob.class.getName(),
                List.of(
                    cluster.master(),
                    Cassandra.CLUSTER.contactPoint(),
                    KS,
                    table,
                    String.valueOf(ROWS),
                    home.folders(),
                    directory.resolve("met").toString()))) {
      String log = job.await(LIMIT);
      int at = log.lastIndexOf(SpeculationJob.COPIES);
      assertThat(at).as(log).isNotNegative();
      return Integer.parseInt(log.substring(at + SpeculationJob.COPIES.length()).strip());
    }
  }
}
