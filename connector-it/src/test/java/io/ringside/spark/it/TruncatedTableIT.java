// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A table that is truncated during a scan: an error or a warning, never just fewer rows. */
class TruncatedTableIT {
  private static final String KS = "truncated";

  @BeforeAll
  static void makeKeyspace() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  private static double rowsRead() {
    Counter counter = Metrics.globalRegistry.find("ringside.read.rows").counter();
    return counter == null ? 0 : counter.count();
  }

  private static long countWhileTruncated(String table, String onTruncate) {
    Cassandra.cql("CREATE TABLE truncated." + table + " (id int PRIMARY KEY, v text)");
    Spark.append(
        Spark.SESSION.range(20_000).selectExpr("cast(id AS int) AS id", "'v' AS v"), KS, table);
    double before = rowsRead();
    CompletableFuture<Long> scan =
        CompletableFuture.supplyAsync(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", table)
                    .option("read.pushdown", "false")
                    .option("read.rate-limit", "3000 rows")
                    .option("read.on-truncate", onTruncate)
                    .load()
                    .selectExpr("count(v)")
                    .first()
                    .getLong(0));
    Cassandra.await("rows", () -> rowsRead() > before || scan.isDone());
    Cassandra.cql("TRUNCATE truncated." + table);
    return scan.join();
  }

  @Test
  void failsWhereTheTableIsTruncatedMeanwhile() {
    assertThatThrownBy(() -> countWhileTruncated("emptied", "fail"))
        .hasStackTraceContaining("it was truncated while this task read it");
  }

  @Test
  void givesWhatIsLeftOfATruncatedTableIfAsked() {
    assertThat(countWhileTruncated("emptied2", "warn")).isBetween(1L, 19_999L);
  }
}
