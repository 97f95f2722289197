// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A timestamp without a time zone is one instant, whichever way it is written. */
@Tag("matrix")
class TimestampNtzIT {
  private static final String KS = "timestamp_ntz";
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE " + KS + ".t (id text PRIMARY KEY, at timestamp)");
    Cassandra.cql("CREATE TABLE " + KS + ".l (id text PRIMARY KEY, at list<timestamp>)");
    Cassandra.cql("CREATE TABLE " + KS + ".k (at timestamp PRIMARY KEY, v int)");
  }

  @BeforeEach
  void setZone() {
    SPARK.conf().set("spark.sql.session.timeZone", "America/New_York");
  }

  @AfterEach
  void resetZone() {
    SPARK.conf().set("spark.sql.session.timeZone", "UTC");
  }

  private static Instant at(String id) {
    return Cassandra.cql("SELECT at FROM " + KS + ".t WHERE id = ?", id).one().getInstant(0);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01 12:00:00,2024-01-01T17:00:00Z",
    "2024-07-01 12:00:00,2024-07-01T16:00:00Z",
    "2024-03-10 02:30:00,2024-03-10T07:30:00Z",
    "2024-11-03 01:30:00,2024-11-03T05:30:00Z"
  })
  void isTheSameInstantByFormatAndByCatalog(String local, String instant) throws Exception {
    String row = "SELECT '%s' AS id, timestamp_ntz'%s' AS at";
    Spark.append(SPARK.sql(row.formatted("format", local)), KS, "t");
    SPARK.sql(row.formatted("writeTo", local)).writeTo("cass." + KS + ".t").append();
    SPARK.sql("INSERT INTO cass.timestamp_ntz.t " + row.formatted("insert", local));
    assertThat(at("format")).isEqualTo(Instant.parse(instant));
    assertThat(at("writeTo")).isEqualTo(Instant.parse(instant));
    assertThat(at("insert")).isEqualTo(Instant.parse(instant));
  }

  @Test
  void isTheSameInstantInsideOfACollection() {
    Spark.append(
        SPARK.sql("SELECT 'x' AS id, array(timestamp_ntz'2024-01-01 12:00:00') AS at"), KS, "l");
    assertThat(
            Cassandra.cql("SELECT at FROM " + KS + ".l WHERE id = 'x'")
                .one()
                .getList(0, Instant.class))
        .containsExactly(Instant.parse("2024-01-01T17:00:00Z"));
  }

  @Test
  void isTheSameInstantInAKeyThatIsDeleted() {
    Cassandra.cql("INSERT INTO " + KS + ".k (at, v) VALUES ('2024-01-01T17:00:00Z', 1)");
    SPARK
        .sql("SELECT timestamp_ntz'2024-01-01 12:00:00' AS at")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "k")
        .option("write.operation", "delete")
        .mode("append")
        .save();
    assertThat(Cassandra.cql("SELECT * FROM " + KS + ".k").all()).isEmpty();
  }

  @Test
  void isTheSameInstantInATableOfAQuery() {
    SPARK.sql(
        "CREATE TABLE cass.timestamp_ntz.made PARTITIONED BY (id)"
            + " AS SELECT 1 AS id, timestamp_ntz'2024-01-01 12:00:00' AS at");
    assertThat(Cassandra.cql("SELECT at FROM " + KS + ".made").one().getInstant(0))
        .isEqualTo(Instant.parse("2024-01-01T17:00:00Z"));
  }

  @Test
  void isAnInstantOfTheZoneThatAnOptionNames() {
    SPARK
        .sql("SELECT 'utc' AS id, timestamp_ntz'2024-01-01 12:00:00' AS at")
        .write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", "t")
        .option("write.time-zone", "UTC")
        .mode("append")
        .save();
    assertThat(at("utc")).isEqualTo(Instant.parse("2024-01-01T12:00:00Z"));
  }
}
