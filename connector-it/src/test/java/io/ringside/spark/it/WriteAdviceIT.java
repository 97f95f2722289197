// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.datastax.oss.driver.api.core.data.CqlDuration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What errors advise to do with data of another type, done. */
@Tag("matrix")
class WriteAdviceIT {
  private static final String KS = "write_advice";
  private static final SparkSession SPARK = Spark.SESSION;
  private static final Pattern CAST =
      Pattern.compile("column '(\\w+)'[^.]*\\. Cast it to ([^.]+)\\.");

  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    for (String type :
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
            "varint")) {
      COLUMNS.put("c_" + type, type);
    }
    COLUMNS.put("c_list", "list<int>");
    COLUMNS.put("c_map", "map<text, int>");
  }

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    StringBuilder columns = new StringBuilder();
    COLUMNS.forEach((name, type) -> columns.append(", ").append(name).append(' ').append(type));
    Cassandra.cql("CREATE TABLE %s.t (id text PRIMARY KEY%s)".formatted(KS, columns));
  }

  /** The error of a write of one value into the given columns; empty when it succeeds. */
  private static String write(String id, Map<String, String> values) {
    List<String> selected = new ArrayList<>(List.of("'" + id + "' AS id"));
    values.forEach((column, expression) -> selected.add(expression + " AS " + column));
    try {
      Spark.append(
          SPARK.sql("SELECT " + String.join(", ", selected)),
          KS,
          "t",
          Map.of("write.conversion", "strict"));
      return "";
    } catch (Exception refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void everyCastThatAnErrorAdvisesWorks() {
    int casts = 0;
    for (String value :
        List.of(
            "1Y",
            "1S",
            "1",
            "1L",
            "1.5BD",
            "1.5F",
            "1.5D",
            "true",
            "'1'",
            "X'31'",
            "date'2024-01-01'",
            "timestamp'2024-01-01 00:00:00'",
            "timestamp_ntz'2024-01-01 00:00:00'",
            "interval '1' year",
            "interval '1' day",
            "array(1L)",
            "map('a', 1L)",
            "named_struct('a', 1)")) {
      Map<String, String> all = new LinkedHashMap<>();
      COLUMNS.keySet().forEach(column -> all.put(column, value));
      Matcher advice = CAST.matcher(write("refused", all));
      while (advice.find()) {
        casts++;
        String cast = "CAST(%s AS %s)".formatted(castable(value, advice.group(2)), advice.group(2));
        assertThat(write("cast", Map.of(advice.group(1), cast)))
            .as("%s as %s into %s", value, advice.group(2), advice.group(1))
            .isEmpty();
      }
    }
    assertThat(casts).isGreaterThan(60);
  }

  /** Of a text, one that the type can be read from. */
  private static String castable(String value, String type) {
    if (!value.equals("'1'")) {
      return value;
    }
    return switch (type) {
      case "date" -> "'2024-01-01'";
      case "timestamp" -> "'2024-01-01 00:00:00'";
      case "boolean" -> "'true'";
      default -> value;
    };
  }

  @Test
  void anEntryOfAnErrorThatAdvisesAFunctionWorks() {
    assertThat(write("f", Map.of("c_timestamp", "1704067200000L")))
        .contains("timestamp_seconds, timestamp_millis or timestamp_micros");
    assertThat(write("f", Map.of("c_timestamp", "timestamp_millis(1704067200000L)"))).isEmpty();
  }

  @Test
  void timeTakesNanosecondsOfTheDay() {
    assertThat(write("t", Map.of("c_time", "date'2024-01-01'")))
        .contains("Write a TIME, or the nanoseconds of the day as bigint.");
    assertThat(write("t", Map.of("c_time", "43200000000000L"))).isEmpty();
    assertThat(
            Cassandra.cql("SELECT c_time FROM " + KS + ".t WHERE id = 't'").one().getLocalTime(0))
        .isEqualTo(LocalTime.NOON);
  }

  @Test
  @Needs(spark = "4.1", reason = "TIME came with Spark 4.1")
  void timeTakesSparksTime() {
    SPARK.conf().set("spark.sql.timeType.enabled", "true");
    assertThat(write("st", Map.of("c_time", "time'12:34:56.789012'"))).isEmpty();
    assertThat(
            Cassandra.cql("SELECT c_time FROM " + KS + ".t WHERE id = 'st'").one().getLocalTime(0))
        .isEqualTo(LocalTime.parse("12:34:56.789012"));
    assertThatCode(
            () ->
                SPARK.sql(
                    "CREATE TABLE cass.write_advice.times PARTITIONED BY (id)"
                        + " AS SELECT 1 AS id, time'01:02:03' AS at"))
        .doesNotThrowAnyException();
    assertThat(Cassandra.cql("SELECT at FROM " + KS + ".times").one().getLocalTime(0))
        .isEqualTo(LocalTime.of(1, 2, 3));
  }

  @Test
  void durationTakesIntervals() {
    assertThat(write("ym", Map.of("c_duration", "interval '1-2' year to month"))).isEmpty();
    assertThat(write("ds", Map.of("c_duration", "interval '1 02:03:04' day to second"))).isEmpty();
    assertThat(duration("ym")).isEqualTo(CqlDuration.newInstance(14, 0, 0));
    assertThat(duration("ds")).isEqualTo(CqlDuration.from("1d2h3m4s"));
  }

  private static CqlDuration duration(String id) {
    return Cassandra.cql("SELECT c_duration FROM " + KS + ".t WHERE id = ?", id)
        .one()
        .getCqlDuration(0);
  }

  @Test
  void aTimestampThatCouldNotBeReadAgainIsRefused() {
    assertThat(write("early", Map.of("c_timestamp", "timestamp_micros(-9223372036854775808)")))
        .isNotEmpty();
    assertThat(Cassandra.cql("SELECT * FROM " + KS + ".t WHERE id = 'early'").all()).isEmpty();
  }
}
