// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The first line that an analyst reads after a slip. What is wrong with a connection, and what a
 * user may not do, is in {@link ConnectionErrorsIT} and {@code AuthIT}.
 */
@Tag("matrix")
class AnalystErrorsIT {
  private static final SparkSession SPARK = Spark.SESSION;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("slips");
    Cassandra.cql(
        "CREATE TABLE slips.readings (sensor text, at timestamp, value double, id uuid, host inet,"
            + " PRIMARY KEY (sensor, at))");
  }

  private static ThrowingCallable sql(String statement) {
    return () -> SPARK.sql(statement).collectAsList();
  }

  private static ThrowingCallable append(String row) {
    return () -> Spark.append(SPARK.sql(row), "slips", "readings");
  }

  /** The first line of an error, or of the one of the connector that it comes from. */
  private static void assertSays(ThrowingCallable slip, String text) {
    assertThatThrownBy(slip)
        .satisfies(
            error -> {
              Throwable told = error;
              while (told.getCause() != null
                  && !String.valueOf(told.getMessage()).startsWith("Cannot ")
                  && !String.valueOf(told.getMessage()).startsWith("Unknown ")) {
                told = told.getCause();
              }
              assertThat(String.valueOf(told.getMessage()).lines().findFirst().orElse(""))
                  .startsWith(text);
            });
  }

  @Test
  void tableWithASlipInItsName() {
    assertSays(sql("SELECT * FROM cass.slips.raedings"), "[TABLE_OR_VIEW_NOT_FOUND]");
    assertThatThrownBy(() -> SPARK.read().format("cassandra").load("slips.raedings"))
        .hasMessageContaining("Did you mean slips.readings?");
    assertThatThrownBy(() -> SPARK.read().format("cassandra").load("slips.READINGS"))
        .hasMessageContaining("Did you mean slips.readings?");
  }

  @Test
  void columnWithASlipInItsName() {
    assertSays(sql("SELECT sensr FROM cass.slips.readings"), "[UNRESOLVED_COLUMN.WITH_SUGGESTION]");
  }

  @Test
  void optionWithASlipInItsName() {
    assertSays(
        () -> SPARK.read().format("cassandra").option("contact-point", "x").load("slips.readings"),
        "Unknown option 'contact-point'. Did you mean 'contact-points'?");
  }

  @Test
  void secretThatIsNotThere() {
    assertSays(
        () ->
            SPARK
                .read()
                .format("cassandra")
                .options(Map.of("username", "reader", "password.env", "NO_SUCH_VARIABLE"))
                .load("slips.readings"),
        "Cannot read option 'password.env': Spark's driver has no environment variable"
            + " 'NO_SUCH_VARIABLE'.");
  }

  @Test
  void tableWithoutAPartitionKey() {
    assertSays(
        sql("CREATE TABLE cass.slips.nokey (a INT)"),
        "Cannot create table slips.nokey: it has no partition key; add PARTITIONED BY (<column>,"
            + " …), or from Spark 4.1 on a PRIMARY KEY. Nothing was sent.");
  }

  @Test
  void timestampsWithoutATimeZoneAreNoSlip() {
    SPARK.sql(
        "CREATE TABLE cass.slips.flights PARTITIONED BY (id) AS SELECT 1 AS id,"
            + " timestamp_ntz'2026-01-31 10:00:00' AS at");
    assertThat(SPARK.sql("SELECT cast(at AS string) FROM cass.slips.flights").first().getString(0))
        .isEqualTo("2026-01-31 10:00:00");
  }

  @Test
  void textsThatNameNoUuidAndNoAddress() {
    assertSays(
        append("SELECT 's' AS sensor, timestamp'2026-01-31 10:00:00' AS at, 'x' AS id"),
        "Cannot write column 'id': a text is not a UUID. Use the 36 characters");
    assertSays(
        append("SELECT 's' AS sensor, timestamp'2026-01-31 10:00:00' AS at, 'x.y' AS host"),
        "Cannot write column 'host': a text is not an IPv4 or IPv6 address.");
  }

  @Test
  void keyThatIsNull() {
    assertSays(
        append("SELECT 's' AS sensor, cast(null AS timestamp) AS at"),
        "Cannot write to slips.readings: column 'at' is part of the primary key but null in a"
            + " row. Filter such rows out, or give the column a value.");
  }

  @Test
  void overwriteWithoutAConfirmation() {
    assertSays(
        sql("INSERT OVERWRITE cass.slips.readings SELECT * FROM cass.slips.readings"),
        "Cannot overwrite slips.readings: all its rows would be removed first, and option"
            + " 'confirm-truncate' is not true. Set it to true for this write");
  }

  @Test
  void dropThatIsNotAllowed() {
    assertSays(
        sql("DROP TABLE cass.slips.readings"),
        "Cannot drop table slips.readings: this catalog drops nothing. To allow it, run SET"
            + " `spark.sql.catalog.cass.catalog.allow-drop`=true.");
  }
}
