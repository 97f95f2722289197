// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys whose bytes Spark cannot tell are not written, and no column is lost with a moved key. */
@Tag("matrix")
class KeyWritesIT {
  private static final String KS = "key_writes";

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
  }

  private static void refuses(String table, String insert) {
    assertThatThrownBy(() -> Spark.SESSION.sql(insert))
        .hasStackTraceContaining("of its partition key holds decimals")
        .hasStackTraceContaining("option 'decimal.k'");
    assertThat(Cassandra.cql("SELECT * FROM key_writes." + table).all()).isEmpty();
  }

  @Test
  void refusesADecimalPartitionKey() {
    Cassandra.cql("CREATE TABLE key_writes.dec (k decimal PRIMARY KEY, v int)");
    refuses("dec", "INSERT INTO cass.key_writes.dec VALUES (3.25, 3)");
  }

  @Test
  void refusesADecimalInACompositePartitionKey() {
    Cassandra.cql(
        "CREATE TABLE key_writes.composite (a int, k decimal, v int, PRIMARY KEY ((a, k)))");
    refuses("composite", "INSERT INTO cass.key_writes.composite VALUES (1, 3.25, 3)");
  }

  @Test
  void refusesDecimalsInsideAPartitionKey() {
    Cassandra.cql("CREATE TABLE key_writes.inside (k frozen<list<decimal>> PRIMARY KEY, v int)");
    refuses("inside", "INSERT INTO cass.key_writes.inside VALUES (array(3.25), 3)");
  }

  @Test
  void refusesADataFrameWithADecimalPartitionKey() {
    Cassandra.cql("CREATE TABLE key_writes.frame (k decimal PRIMARY KEY, v int)");
    Dataset<Row> rows = Spark.SESSION.range(1).selectExpr("3.25BD AS k", "1 AS v");
    assertThatThrownBy(() -> Spark.append(rows, KS, "frame"))
        .hasMessageContaining("decimal(3,2) has one scale for all");
  }

  @Test
  void writesADecimalPartitionKeyWhoseDigitsAreTold() {
    Cassandra.cql("CREATE TABLE key_writes.told (k decimal PRIMARY KEY, v int)");
    Cassandra.cql("INSERT INTO key_writes.told (k, v) VALUES (1.50, 1)");
    Spark.SESSION
        .range(1)
        .selectExpr("cast(1.5 AS decimal(10,2)) AS k", "2 AS v")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "told")
        .options(Map.of("decimal.k", "10,2"))
        .mode("append")
        .save();
    assertThat(Cassandra.cql("SELECT * FROM key_writes.told").all()).hasSize(1);
    assertThat(
            Cassandra.cql("SELECT v FROM key_writes.told WHERE k = ?", new BigDecimal("1.50"))
                .one()
                .getInt(0))
        .isEqualTo(2);
  }

  @Test
  void refusesADecimalPartitionKeyOfOtherDigitsThanTold() {
    Cassandra.cql("CREATE TABLE key_writes.other (k decimal PRIMARY KEY, v int)");
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .range(1)
                    .selectExpr("cast(1.5 AS decimal(10,3)) AS k", "2 AS v")
                    .write()
                    .format("cassandra")
                    .option("keyspace", KS)
                    .option("table", "other")
                    .options(Map.of("decimal.k", "10,2"))
                    .mode("append")
                    .save())
        .hasMessageContaining("decimal(10,3) has one scale for all");
  }

  @Test
  void writesADecimalClusteringColumn() {
    Cassandra.cql(
        "CREATE TABLE key_writes.clustered (p int, k decimal, v int, PRIMARY KEY (p, k))");
    Cassandra.cql("INSERT INTO key_writes.clustered (p, k, v) VALUES (1, 1.5, 1)");
    Spark.SESSION.sql("INSERT INTO cass.key_writes.clustered VALUES (1, 1.5, 2)");
    assertThat(Cassandra.cql("SELECT v FROM key_writes.clustered").all()).hasSize(1);
  }

  @Test
  void refusesToMoveARowWithAColumnThatSparkDoesNotSee() {
    Cassandra.cql(
        "CREATE TABLE key_writes.unseen (k int, c int, v int,"
            + " x 'org.apache.cassandra.db.marshal.LexicalUUIDType', PRIMARY KEY (k, c))");
    Cassandra.cql(
        "INSERT INTO key_writes.unseen (k, c, v, x) VALUES (1, 1, 1, 0x"
            + "00000000000000000000000000000001)");
    assertThatThrownBy(() -> Spark.SESSION.sql("UPDATE cass.key_writes.unseen SET c = 2"))
        .hasStackTraceContaining("lose its column 'x', which has no type in Spark");
    Spark.SESSION.sql("UPDATE cass.key_writes.unseen SET v = 2");
    com.datastax.oss.driver.api.core.cql.Row row =
        Cassandra.cql("SELECT c, v, x FROM key_writes.unseen").one();
    assertThat(row.getInt(0)).isEqualTo(1);
    assertThat(row.getInt(1)).isEqualTo(2);
    assertThat(row.isNull(2)).isFalse();
  }
}
