// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.protocol.internal.util.Bytes;
import java.math.BigDecimal;
import java.util.List;
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

  /** The row of the number or address itself, not of the same number in other bytes. */
  @Test
  void writesNumbersAndAddressesInTheirUsualBytes() {
    Cassandra.cql("CREATE TABLE key_writes.numbers (k varint PRIMARY KEY, v int)");
    Cassandra.cql("INSERT INTO key_writes.numbers (k, v) VALUES (5, 1)");
    Cassandra.cql("INSERT INTO key_writes.numbers (k, v) VALUES (blobAsVarint(0x0005), 2)");
    Spark.SESSION.sql("INSERT INTO cass.key_writes.numbers VALUES (5, 3)");
    assertThat(stored("numbers", "varint")).containsExactly("0x0005=2", "0x05=3");

    Cassandra.cql("CREATE TABLE key_writes.addresses (k inet PRIMARY KEY, v int)");
    Cassandra.cql("INSERT INTO key_writes.addresses (k, v) VALUES ('1.2.3.4', 1)");
    String mapped = "0x00000000000000000000ffff01020304";
    Cassandra.cql("INSERT INTO key_writes.addresses (k, v) VALUES (blobAsInet(" + mapped + "), 2)");
    Spark.SESSION.sql(
        "INSERT INTO cass.key_writes.addresses"
            + " VALUES ('1.2.3.4', 3), ('0:0:0:0:0:ffff:102:304', 4)");
    assertThat(stored("addresses", "inet")).containsExactly(mapped + "=4", "0x01020304=3");
    // A table that is read and written back stays as it is.
    Spark.SESSION.sql(
        "INSERT INTO cass.key_writes.addresses SELECT k, v + 10 FROM cass.key_writes.addresses");
    assertThat(stored("addresses", "inet")).containsExactly(mapped + "=14", "0x01020304=13");
  }

  private static List<String> stored(String table, String type) {
    return Cassandra.cql("SELECT %sAsBlob(k), v FROM key_writes.%s".formatted(type, table))
        .all()
        .stream()
        .map(row -> Bytes.toHexString(row.getByteBuffer(0)) + "=" + row.getInt(1))
        .sorted()
        .toList();
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
