// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that change rows, when executors die. */
@Tag("alone")
class RowChangeResilienceIT {
  private static final String KS = "change_ill";
  private static final int PARTITIONS = 60;
  private static final int ROWS_OF_PARTITION = 10;
  private static final int ROWS_A_SECOND = 200;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path directory;

  /**
   * Spark would read the table again, of which some rows are changed already, and would change
   * these twice.
   */
  @Test
  void neverChangesRowTwiceWhenExecutorDies() throws InterruptedException {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE change_ill.t (id int, n int, v int, PRIMARY KEY (id, n))");
    for (int id = 0; id < PARTITIONS; id++) {
      for (int n = 0; n < ROWS_OF_PARTITION; n++) {
        Cassandra.cql("INSERT INTO change_ill.t (id, n, v) VALUES (%d, %d, 0)".formatted(id, n));
      }
    }

    String log = run("change_ill.t");

    assertThat(log)
        .contains(
            RowChangeJob.FAILED,
            "Cannot change rows of change_ill.t: Spark has lost what it had read, with an executor")
        .doesNotContain(RowChangeJob.ENDED);
    Map<Integer, Integer> rowsByValue = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT v FROM change_ill.t")) {
      rowsByValue.merge(row.getInt(0), 1, Integer::sum);
    }
    assertThat(rowsByValue)
        .as("rows by the number of times they were changed")
        .containsOnlyKeys(0, 1);
  }

  private String run(String table) throws InterruptedException {
    SparkHome home = SparkHome.make(directory);
    try (SparkProcess job =
        SparkProcess.start(
            home,
            "job",
            "127.0.0.1",
            RowChangeJob.class.getName(),
            List.of(
                Cassandra.CLUSTER.contactPoint(),
                table,
                String.valueOf(ROWS_A_SECOND),
                home.folders()))) {
      return job.await(LIMIT);
    }
  }
}
