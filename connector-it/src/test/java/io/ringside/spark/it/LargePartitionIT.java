// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions far larger than a page, in the heap of 1 GB that all integration tests have. */
class LargePartitionIT {
  private static final String KS = "large";
  private static final int WIDE_ROWS = 512;
  private static final int SMALL_ROWS = 2_000_000;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE large.wide (id int, n int, v blob, PRIMARY KEY (id, n))");
    Cassandra.cql("CREATE TABLE large.small (id int, n int, v int, PRIMARY KEY (id, n))");
  }

  @Test
  void readsRowsOfAMegabyte() {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 30);
    Spark.append(
        Spark.SESSION
            .range(0, WIDE_ROWS, 1, 8)
            .selectExpr(
                "1 AS id",
                "cast(id AS int) AS n",
                "cast(concat(id, repeat('x', 1048576)) AS binary) AS v"),
        KS,
        "wide");
    assertThat(
            Spark.table(KS, "wide")
                .selectExpr("count(v)", "sum(n)", "min(length(v))", "max(length(v))")
                .first()
                .toString())
        .isEqualTo("[512,%d,1048577,1048579]".formatted(WIDE_ROWS * (WIDE_ROWS - 1) / 2));
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
        .isEqualTo("[2000000,2000000,%d]".formatted((long) SMALL_ROWS * (SMALL_ROWS - 1) / 2));
  }
}
