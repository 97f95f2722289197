// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every scalar type and its null: written by the driver, read by Spark, and the other way round.
 */
@Tag("matrix")
class ScalarTypesIT {
  private static final String KS = "scalars";

  /** Names of the scalar types that a table of ordinary columns may have. */
  static final List<String> TYPES =
      List.of(
          "ascii",
          "bigint",
          "blob",
          "boolean",
          "date",
          "decimal",
          "double",
          "duration",
          "float",
          "inet",
          "int",
          "smallint",
          "text",
          "time",
          "timestamp",
          "timeuuid",
          "tinyint",
          "uuid",
          "varint");

  static final UUID TIME_UUID = UUID.fromString("5b6962dd-3f90-11b2-8a2e-010203040506");
  private static final UUID RANDOM_UUID = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    TYPES.forEach(type -> columns.append(", c_").append(type).append(' ').append(type));
    Cassandra.cql("CREATE TABLE " + KS + ".source (" + columns + ")");
    Cassandra.cql("CREATE TABLE " + KS + ".target (" + columns + ")");
    Cassandra.cql("CREATE TABLE " + KS + ".counters (id int PRIMARY KEY, n counter)");
  }

  private static Object[] values() throws UnknownHostException {
    return new Object[] {
      "ascii",
      Long.MIN_VALUE,
      ByteBuffer.wrap(new byte[] {1, 0, -1}),
      true,
      LocalDate.of(1582, 10, 4),
      new BigDecimal("-12345678901234567890.123456789012345678"),
      Double.NaN,
      CqlDuration.from("1y2mo3d4h5m6s7ns"),
      -0.0f,
      InetAddress.getByAddress(new byte[] {10, 0, 0, -1}),
      Integer.MAX_VALUE,
      Short.MIN_VALUE,
      "Grüße, 世界 🌍",
      LocalTime.of(23, 59, 59, 999_999_999),
      Instant.parse("2024-03-31T01:30:00.123Z"),
      TIME_UUID,
      Byte.MIN_VALUE,
      RANDOM_UUID,
      new BigInteger("9".repeat(38)).negate()
    };
  }

  private static void insert(int id, Object[] values) {
    String names = String.join(", ", TYPES.stream().map(type -> "c_" + type).toList());
    Object[] all = new Object[values.length + 1];
    all[0] = id;
    System.arraycopy(values, 0, all, 1, values.length);
    Cassandra.cql(
        "INSERT INTO %s.source (id, %s) VALUES (?%s)"
            .formatted(KS, names, ", ?".repeat(values.length)),
        all);
  }

  @Test
  void carriesEveryTypeAndItsNullBothWays() throws UnknownHostException {
    insert(1, values());
    insert(2, new Object[TYPES.size()]);
    Dataset<Row> source = Spark.table(KS, "source");
    Row read = source.where("id = 1").first();
    assertThat(read.<String>getAs("c_ascii")).isEqualTo("ascii");
    assertThat(read.<Long>getAs("c_bigint")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.<byte[]>getAs("c_blob")).containsExactly(1, 0, -1);
    assertThat(read.<Boolean>getAs("c_boolean")).isTrue();
    assertThat(read.<Date>getAs("c_date").toString()).isEqualTo("1582-10-04");
    assertThat(read.<BigDecimal>getAs("c_decimal"))
        .isEqualByComparingTo("-12345678901234567890.123456789012345678");
    assertThat(read.<Double>getAs("c_double")).isNaN();
    assertThat(read.<String>getAs("c_duration")).isEqualTo("1y2mo3d4h5m6s7ns");
    assertThat(read.<Float>getAs("c_float")).isEqualTo(-0.0f);
    assertThat(read.<String>getAs("c_inet")).isEqualTo("10.0.0.255");
    assertThat(read.<Integer>getAs("c_int")).isEqualTo(Integer.MAX_VALUE);
    assertThat(read.<Short>getAs("c_smallint")).isEqualTo(Short.MIN_VALUE);
    assertThat(read.<String>getAs("c_text")).isEqualTo("Grüße, 世界 🌍");
    assertThat(read.<Long>getAs("c_time")).isEqualTo(86_399_999_999_999L);
    assertThat(read.<Timestamp>getAs("c_timestamp").toInstant())
        .isEqualTo(Instant.parse("2024-03-31T01:30:00.123Z"));
    assertThat(read.<String>getAs("c_timeuuid")).isEqualTo(TIME_UUID.toString());
    assertThat(read.<Byte>getAs("c_tinyint")).isEqualTo(Byte.MIN_VALUE);
    assertThat(read.<String>getAs("c_uuid")).isEqualTo(RANDOM_UUID.toString());
    assertThat(read.<BigDecimal>getAs("c_varint").toBigInteger())
        .isEqualTo(new BigInteger("9".repeat(38)).negate());
    Row nulls = source.where("id = 2").first();
    for (int i = 0; i < nulls.size(); i++) {
      assertThat(nulls.isNullAt(i)).isEqualTo(!nulls.schema().fieldNames()[i].equals("id"));
    }

    Spark.append(source, KS, "target");
    String columns = "id, " + String.join(", ", TYPES.stream().map(type -> "c_" + type).toList());
    for (int id = 1; id <= 2; id++) {
      String query = "SELECT " + columns + " FROM " + KS + ".%s WHERE id = " + id;
      var before = Cassandra.cql(query.formatted("source")).one();
      var after = Cassandra.cql(query.formatted("target")).one();
      for (int i = 0; i <= TYPES.size(); i++) {
        assertThat(after.getBytesUnsafe(i))
            .as(before.getColumnDefinitions().get(i).getName().asInternal())
            .isEqualTo(before.getBytesUnsafe(i));
      }
    }
    assertThat(
            Cassandra.cql("SELECT writetime(c_int) FROM scalars.target WHERE id = 2")
                .one()
                .isNull(0))
        .as("a null leaves no tombstone and no cell")
        .isTrue();
  }

  @Test
  void readsCountersAndAddsToThem() {
    Cassandra.cql("UPDATE scalars.counters SET n = n + 7 WHERE id = 1");
    assertThat(Spark.table(KS, "counters").first().<Long>getAs("n")).isEqualTo(7L);
    Spark.append(Spark.SESSION.sql("SELECT 1 AS id, 5 AS n"), KS, "counters");
    assertThat(Spark.table(KS, "counters").first().<Long>getAs("n")).isEqualTo(12L);
  }

  @Test
  void readsTablesWithColumnsItCannotShow() {
    Cassandra.cql(
        "CREATE TABLE IF NOT EXISTS scalars.odd (id int PRIMARY KEY, v int,"
            + " e 'org.apache.cassandra.db.marshal.LexicalUUIDType')");
    Cassandra.cql("INSERT INTO scalars.odd (id, v) VALUES (1, 2)");
    assertThat(Spark.table(KS, "odd").collectAsList().toString()).isEqualTo("[[1,2]]");
    assertThatThrownBy(() -> Spark.table(KS, "odd").select("e")).hasMessageContaining("`e`");
  }
}
