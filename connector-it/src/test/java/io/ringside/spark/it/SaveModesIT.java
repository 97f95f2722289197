// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark's save modes for tables that are there and tables that are not, and whom they ask. */
@Tag("matrix")
class SaveModesIT {
  private static final String KS = "save_modes";

  private SparkSession spark = Spark.SESSION;

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE " + KS + ".t (id bigint PRIMARY KEY, v bigint)");
  }

  /** A session that names no cluster; nothing answers at the default address. */
  @BeforeEach
  void openSession() {
    spark = Spark.SESSION.newSession();
    SparkSession.setActiveSession(spark);
    spark.conf().set("spark.datasource.cassandra.contact-points", "127.0.0.1:1");
    spark.conf().set("spark.sql.catalog.here", "io.ringside.spark.CassandraCatalog");
    spark.conf().set("spark.sql.catalog.here.contact-points", Cassandra.CLUSTER.contactPoint());
    spark.conf().set("spark.sql.catalog.here.catalog.allow-drop", "true");
  }

  @AfterEach
  void forgetSession() {
    SparkSession.setActiveSession(Spark.SESSION);
  }

  private Dataset<Row> rows() {
    return spark.range(3).selectExpr("id", "id AS v");
  }

  private DataFrameWriter<Row> writer(String table) {
    return rows()
        .write()
        .format("cassandra")
        .option("contact-points", Cassandra.CLUSTER.contactPoint())
        .option("keyspace", KS)
        .option("table", table);
  }

  private static long count(String table) {
    return Cassandra.cql("SELECT count(*) FROM " + KS + '.' + table).one().getLong(0);
  }

  @Test
  void defaultModeAsksTheClusterThatTheOptionsName() {
    assertThatThrownBy(() -> writer("t").save())
        .hasMessageContaining("TABLE_OR_VIEW_ALREADY_EXISTS");
  }

  @Test
  void ignoreAsksTheClusterThatTheOptionsName() {
    assertThatCode(() -> writer("t").mode("ignore").save()).doesNotThrowAnyException();
    assertThat(count("t")).isZero();
  }

  @Test
  void ignoreTakesTheClusterInAnySpelling() {
    DataFrameWriter<Row> writer =
        rows()
            .write()
            .format("cassandra")
            .option("contactPoints", Cassandra.CLUSTER.contactPoint())
            .option("keyspace", KS)
            .option("table", "t");
    assertThatCode(() -> writer.mode("ignore").save()).doesNotThrowAnyException();
  }

  @Test
  void ignoreAsksTheClusterThatOldNamesName() {
    InetSocketAddress node = Cassandra.CLUSTER.contactPoints().get(0);
    spark.conf().unset("spark.datasource.cassandra.contact-points");
    DataFrameWriter<Row> writer =
        rows()
            .write()
            .format("org.apache.spark.sql.cassandra")
            .option("spark.cassandra.connection.host", node.getHostString())
            .option("spark.cassandra.connection.port", String.valueOf(node.getPort()))
            .option("keyspace", KS)
            .option("table", "t");
    assertThatCode(() -> writer.mode("ignore").save()).doesNotThrowAnyException();
  }

  @Test
  void aMissingTableIsNotMadeAnywhere() {
    assertThatThrownBy(() -> writer("missing").mode("ignore").save())
        .hasMessageContaining("format(\"cassandra\") makes no tables");
    assertThatThrownBy(() -> writer("missing").save())
        .hasMessageContaining("format(\"cassandra\") makes no tables");
  }

  @Test
  void noSettingOfTheSessionHoldsThePassword() {
    assertThatThrownBy(
            () -> writer("t").option("username", "u").option("password", "canary").save())
        .isNotNull();
    assertThat(spark.sql("SET").collectAsList().toString()).doesNotContain("canary");
  }

  @Test
  @Needs(
      spark = "4.0",
      reason = "DataFrameWriterV2.partitionedBy of Spark 3.5 wants a Scala Seq from Java")
  void createOrReplaceMakesATableThatIsNotThere() throws Exception {
    rows().writeTo("here." + KS + ".made").partitionedBy(functions.col("id")).createOrReplace();
    assertThat(count("made")).isEqualTo(3);
  }

  @Test
  void createOrReplaceTableAsMakesATableThatIsNotThere() {
    spark.sql(
        "CREATE OR REPLACE TABLE here.save_modes.made_by_sql PARTITIONED BY (id)"
            + " AS SELECT id, id AS v FROM range(4)");
    assertThat(count("made_by_sql")).isEqualTo(4);
  }

  @Test
  void overwriteMakesATableThatIsNotThere() {
    rows()
        .write()
        .format("cassandra")
        .partitionBy("id")
        .mode("overwrite")
        .saveAsTable("here." + KS + ".overwritten");
    assertThat(count("overwritten")).isEqualTo(3);
  }

  @Test
  void aFailedQueryLeavesNoTableBehind() {
    assertThatThrownBy(
            () ->
                spark.sql(
                    "CREATE OR REPLACE TABLE here.save_modes.failed PARTITIONED BY (id) AS SELECT"
                        + " id, CAST(raise_error('on purpose') AS BIGINT) AS v FROM range(4)"))
        .hasStackTraceContaining("on purpose");
    assertThat(spark.sql("SHOW TABLES IN here.save_modes LIKE 'failed'").collectAsList())
        .isEqualTo(List.of());
  }

  @Test
  void saveAsTableNeedsNoFormat() {
    rows().write().partitionBy("id").saveAsTable("here." + KS + ".unnamed");
    assertThat(count("unnamed")).isEqualTo(3);
    rows().write().mode("append").saveAsTable("here." + KS + ".unnamed");
    assertThat(count("unnamed")).isEqualTo(3);
  }

  @Test
  void aFormatThatIsNotTheDefaultIsRefused() {
    assertThatThrownBy(
            () -> rows().write().format("csv").partitionBy("id").saveAsTable("here.save_modes.csv"))
        .hasStackTraceContaining("USING csv makes no Cassandra table");
  }
}
