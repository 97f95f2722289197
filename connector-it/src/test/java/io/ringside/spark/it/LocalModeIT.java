// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spark in local mode, and Cassandra at another address: stages whose tasks prefer the one and the
 * other end.
 */
@Tag("matrix")
class LocalModeIT {
  private static final String KS = "localmode";
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    for (String table : List.of("totals", "merged")) {
      Cassandra.cql(
          "CREATE TABLE localmode.%s (sensor text PRIMARY KEY, count bigint)".formatted(table));
      Cassandra.cql("INSERT INTO localmode.%s (sensor, count) VALUES ('a', 1)".formatted(table));
    }
  }

  /** What a query that never ends would leave behind. */
  @AfterEach
  void cancelJobs() {
    Spark.SESSION.sparkContext().cancelAllJobs();
  }

  private static List<Row> sql(String statement) {
    return assertTimeoutPreemptively(LIMIT, () -> Spark.SESSION.sql(statement).collectAsList());
  }

  @Test
  void sparkIsAtAnotherAddress() {
    assertThat(Spark.SESSION.version()).isNotEmpty();
    assertThat(SparkEnv.get().blockManager().blockManagerId().host())
        .isEqualTo(Spark.HOST)
        .isNotEqualTo(Cassandra.CLUSTER.contactPoints().get(0).getHostString());
  }

  @Test
  void unionOfScanAndAggregateEnds() {
    assertThat(
            sql(
                "SELECT sensor, count FROM cass.localmode.totals UNION ALL"
                    + " SELECT concat('x', id % 3), count(*) FROM range(10) GROUP BY 1"))
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[a,1]", "[x0,4]", "[x1,3]", "[x2,3]");
  }

  @Test
  void joinOfScanAndAggregateEnds() {
    assertThat(
            sql(
                "SELECT /*+ MERGE(g) */ t.sensor, t.count + g.n FROM cass.localmode.totals t JOIN"
                    + " (SELECT substr('ab', id % 2 + 1, 1) AS s, count(*) AS n FROM range(10)"
                    + " GROUP BY 1) g ON t.sensor = g.s"))
        .extracting(Row::toString)
        .containsExactly("[a,6]");
  }

  @Test
  void mergeEnds() {
    sql(
        "MERGE INTO cass.localmode.merged t USING (SELECT concat('q', id % 2) AS sensor,"
            + " count(*) AS n FROM range(6) GROUP BY 1) s ON t.sensor = s.sensor"
            + " WHEN MATCHED THEN UPDATE SET t.count = t.count + s.n"
            + " WHEN NOT MATCHED THEN INSERT (sensor, count) VALUES (s.sensor, s.n)");
    assertThat(Cassandra.cql("SELECT sensor, count FROM localmode.merged").all())
        .extracting(row -> row.getString(0) + row.getLong(1))
        .containsExactlyInAnyOrder("a1", "q03", "q13");
  }
}
