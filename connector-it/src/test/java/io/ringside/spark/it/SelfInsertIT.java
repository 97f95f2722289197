// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of a table written to the table itself, in the two ways that docs/operating.md names. */
@Tag("matrix")
class SelfInsertIT {
  private static final String KS = "self_insert";
  private static final long ROWS = 8_000;

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
    String catalog = "spark.sql.catalog.shuffled";
    Spark.SESSION.conf().set(catalog, "io.ringside.spark.CassandraCatalog");
    Spark.SESSION.conf().set(catalog + ".contact-points", Cassandra.CLUSTER.contactPoint());
    Spark.SESSION.conf().set(catalog + ".read.page-size", "64k");
    Spark.SESSION.conf().set(catalog + ".write.distribution", "partition_key");
  }

  private static void fill(String table) {
    Cassandra.cql("CREATE TABLE self_insert." + table + " (id int PRIMARY KEY, v text)");
    Spark.append(
        Spark.SESSION.range(ROWS).selectExpr("cast(id AS int) AS id", "repeat('x', 1500) AS v"),
        KS,
        table);
  }

  private static long rows(String table) {
    return Cassandra.cql("SELECT count(*) FROM self_insert." + table).one().getLong(0);
  }

  @Test
  void meetsNoRowThatItHasWrittenWhenRowsAreBroughtTogetherFirst() {
    fill("together");
    SparkSession session = Spark.SESSION;
    session.sql(
        "INSERT INTO shuffled.self_insert.together"
            + " SELECT id + 1000000, v FROM shuffled.self_insert.together");
    assertThat(rows("together")).isEqualTo(2 * ROWS);
  }

  @Test
  void meetsNoRowThatItHasWrittenAfterAHintToRepartition() {
    fill("hinted");
    Spark.SESSION.sql(
        "INSERT INTO cass.self_insert.hinted"
            + " SELECT /*+ REPARTITION(3) */ id + 1000000, v FROM cass.self_insert.hinted");
    assertThat(rows("hinted")).isEqualTo(2 * ROWS);
  }
}
