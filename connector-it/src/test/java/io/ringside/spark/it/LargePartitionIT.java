// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions far larger than a page, in the heap of 1 GB that all integration tests have. */
class LargePartitionIT {
  private static final String KS = "large";
  private static final int WIDE_ROWS = 512;
  private static final int MEGABYTE = 1 << 20;
  private static final int SMALL_ROWS = Integer.getInteger("large-partition.rows", 1_000_000);

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE large.wide (id int, n int, v blob, PRIMARY KEY (id, n))");
    Cassandra.cql("CREATE TABLE large.small (id int, n int, v int, PRIMARY KEY (id, n))");
  }

  @Test
  void readsRowsOfAMegabyte() {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 30);
    PreparedStatement insert =
        Cassandra.SESSION.prepare("INSERT INTO large.wide (id, n, v) VALUES (1, ?, ?)");
    for (int n = 0; n < WIDE_ROWS; n++) {
      Cassandra.SESSION.execute(insert.bind(n, ByteBuffer.allocate(MEGABYTE + n)));
    }
    assertThat(
            Spark.table(KS, "wide")
                .selectExpr("count(v)", "sum(n)", "min(length(v))", "max(length(v))")
                .first()
                .toString())
        .isEqualTo(
            "[%d,%d,%d,%d]"
                .formatted(
                    WIDE_ROWS,
                    WIDE_ROWS * (WIDE_ROWS - 1) / 2,
                    MEGABYTE,
                    MEGABYTE + WIDE_ROWS - 1));
  }

  @Test
  void readsMillionsOfRowsOfOnePartition() {
    Spark.append(
        Spark.SESSION
            .range(SMALL_ROWS)
            .selectExpr("1 AS id", "cast(id AS int) AS n", "cast(id % 7 AS int) AS v"),
        KS,
        "small");
    assertThat(
            Spark.table(KS, "small")
                .selectExpr("count(v)", "count(DISTINCT n)", "sum(cast(n AS bigint))")
                .first()
                .toString())
        .isEqualTo(
            "[%d,%d,%d]"
                .formatted(SMALL_ROWS, SMALL_ROWS, (long) SMALL_ROWS * (SMALL_ROWS - 1) / 2));
  }
}
