// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a query reads what its options name: a configuration file of the driver behind a URL,
 * whose requests are counted. Files are read at the same place.
 */
@Tag("matrix")
class OptionsOnceIT {
  private static final String KS = "options_once";
  private static final SparkSession SPARK = Spark.SESSION;
  private static final byte[] CONTENT =
      "datastax-java-driver.basic.session-name = once".getBytes(StandardCharsets.UTF_8);

  private static CountedFile driverConfig;

  @BeforeAll
  static void serve() throws IOException {
    driverConfig = CountedFile.of(CONTENT);
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE " + KS + ".t (id bigint PRIMARY KEY, v bigint)");
    Cassandra.cql("INSERT INTO " + KS + ".t (id, v) VALUES (1, 1)");
    SPARK.conf().set("spark.sql.catalog.once", "io.ringside.spark.CassandraCatalog");
    SPARK.conf().set("spark.sql.catalog.once.contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set("spark.sql.catalog.once.driver-config", driverConfig.url());
  }

  @AfterAll
  static void stop() {
    driverConfig.close();
  }

  @BeforeEach
  void forget() {
    driverConfig.forget();
  }

  private static Dataset<Row> table() {
    return SPARK
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "t")
        .option("driver-config", driverConfig.url())
        .load();
  }

  @Test
  void aReadByFormatReadsOnce() {
    assertThat(table().filter("v = 1").collectAsList()).hasSize(1);
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void aSqlQueryReadsOnce() {
    assertThat(SPARK.sql("SELECT v FROM once.options_once.t WHERE id = 1").collectAsList())
        .hasSize(1);
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void aWriteByFormatReadsOnce() {
    SPARK
        .range(1)
        .selectExpr("id", "id AS v")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "t")
        .option("driver-config", driverConfig.url())
        .mode("append")
        .save();
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void anInsertReadsOnce() {
    SPARK.sql("INSERT INTO once.options_once.t VALUES (7, 7)");
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void aStatementThatChangesRowsReadsOnce() {
    SPARK.sql("UPDATE once.options_once.t SET v = 3 WHERE v = 2");
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void aSettingThatChangesBetweenTwoQueriesCounts() {
    Dataset<Row> kept = table();
    assertThat(plan(kept.filter("v = 1"))).contains("AND v=?");
    SPARK.conf().set("spark.datasource.cassandra.read.pushdown", "false");
    try {
      assertThat(plan(kept.filter("v = 1"))).doesNotContain("AND v=?");
    } finally {
      SPARK.conf().unset("spark.datasource.cassandra.read.pushdown");
    }
    assertThat(driverConfig.fetches()).isEqualTo(1);
  }

  @Test
  void aSettingCountsInAnySpelling() {
    SPARK.conf().set("spark.datasource.cassandra.readPushdown", "false");
    try {
      assertThat(plan(Spark.table(KS, "t").filter("v = 1"))).doesNotContain("AND v=?");
    } finally {
      SPARK.conf().unset("spark.datasource.cassandra.readPushdown");
    }
  }

  private static String plan(Dataset<Row> rows) {
    rows.createOrReplaceTempView("planned");
    List<Row> lines = SPARK.sql("EXPLAIN SELECT * FROM planned").collectAsList();
    return lines.toString();
  }
}
