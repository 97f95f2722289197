// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random predicates over tables of every scalar type, with indexes of every kind, cells without
 * bytes and values in other bytes than usual, give the same rows whether Cassandra or Spark
 * evaluates them.
 */
@Tag("matrix")
class PredicatesIT {
  private static final String KS = "predicates";
  private static final int PREDICATES = Integer.getInteger("predicates", 300);
  private static final List<String> MODES = List.of("always", "auto", "never");

  private static final List<String> TYPES = ScalarTypesIT.TYPES;
  private static final UUID TIME_UUID = ScalarTypesIT.TIME_UUID;

  private static Object value(String type, int i) throws UnknownHostException {
    return switch (type) {
      case "ascii" -> List.of("", "a", "B", "zz").get(i % 4);
      case "text" -> List.of("", "a", "é", "世", "b'c").get(i % 5);
      case "bigint" -> List.of(Long.MIN_VALUE, -1L, 0L, 7L, Long.MAX_VALUE).get(i % 5);
      case "int" -> List.of(Integer.MIN_VALUE, -1, 0, 7, Integer.MAX_VALUE).get(i % 5);
      case "smallint" -> List.of((short) -3, (short) 0, (short) 9).get(i % 3);
      case "tinyint" -> List.of((byte) -3, (byte) 0, (byte) 9).get(i % 3);
      case "blob" ->
          ByteBuffer.wrap(List.of(new byte[0], new byte[] {1}, new byte[] {-1}).get(i % 3));
      case "boolean" -> i % 2 == 0;
      case "date" -> LocalDate.ofEpochDay(List.of(-1000, 0, 19_800).get(i % 3));
      case "decimal" -> new BigDecimal(List.of("-1.5", "0", "2.50", "2.5", "100").get(i % 5));
      case "double" -> List.of(Double.NaN, -0.0, 0.0, 1.5, Double.NEGATIVE_INFINITY).get(i % 5);
      case "float" -> List.of(Float.NaN, -0.0f, 0.0f, 1.5f, Float.POSITIVE_INFINITY).get(i % 5);
      case "duration" -> CqlDuration.from(List.of("1d", "24h", "2mo").get(i % 3));
      case "inet" -> InetAddress.getByName(List.of("10.0.0.1", "127.0.0.1", "::1").get(i % 3));
      case "time" -> LocalTime.ofNanoOfDay(List.of(0L, 1L, 86_399_999_999_999L).get(i % 3));
      case "timestamp" -> Instant.ofEpochMilli(List.of(-1L, 0L, 1L, 1_700_000_000_123L).get(i % 4));
      case "timeuuid" -> i % 2 == 0 ? TIME_UUID : Uuids.startOf(1_700_000_000_000L + i % 3);
      case "uuid" -> new UUID(0x0000_0000_0000_4000L + i % 3, 0x8000_0000_0000_0000L);
      case "varint" -> BigInteger.valueOf(List.of(-129L, 0L, 5L, 1L << 40).get(i % 4));
      default -> throw new IllegalArgumentException(type);
    };
  }

  /** Literals of Spark SQL: values that are in the table, near it, and such as cannot be in it. */
  private static List<String> literals(String type) {
    return switch (type) {
      case "ascii" -> List.of("''", "'a'", "'B'", "'zz'", "'é'", "'zzz'");
      case "text" -> List.of("''", "'a'", "'é'", "'世'", "'b\\'c'", "'m'");
      case "bigint" -> List.of("-9223372036854775808L", "-1L", "0L", "7L", "8L");
      case "int" -> List.of("-1", "0", "7", "8", "2147483647");
      case "smallint" -> List.of("-3S", "0S", "9S", "4S");
      case "tinyint" -> List.of("-3Y", "0Y", "9Y", "4Y");
      case "blob" -> List.of("X''", "X'01'", "X'FF'", "X'80'");
      case "boolean" -> List.of("true", "false");
      case "date" -> List.of("date'1967-04-07'", "date'1970-01-01'", "date'2024-03-18'");
      case "decimal" -> List.of("-1.5BD", "0BD", "2.5BD", "2.500BD", "99.99BD");
      case "double" -> List.of("double('NaN')", "-0.0D", "0.0D", "1.5D", "double('-Infinity')");
      case "float" -> List.of("float('NaN')", "-0.0F", "0.0F", "1.5F", "float('Infinity')");
      case "duration" -> List.of("'1d'", "'24h'", "'2mo'");
      case "inet" ->
          List.of(
              "'10.0.0.1'",
              "'127.0.0.1'",
              "'0:0:0:0:0:0:0:1'",
              "'0:0:0:0:0:ffff:7f00:1'",
              "'::1'",
              "'x'");
      case "time" -> List.of("0L", "1L", "86399999999999L", "-1L", "86400000000000L");
      case "timestamp" ->
          List.of(
              "timestamp_micros(-1000L)",
              "timestamp_micros(-500L)",
              "timestamp_micros(0L)",
              "timestamp_micros(500L)",
              "timestamp_micros(1000L)",
              "timestamp_micros(1700000000123000L)");
      case "timeuuid" ->
          List.of("'" + TIME_UUID + "'", "'5B6962DD-3F90-11B2-8A2E-010203040506'", "'nonsense'");
      case "uuid" ->
          List.of(
              "'00000000-0000-4000-8000-000000000000'",
              "'00000000-0000-4001-8000-000000000000'",
              "'00000000-0000-4002-8000-00000000000A'");
      case "varint" -> List.of("-129", "0", "5", "1099511627776", "6");
      default -> throw new IllegalArgumentException(type);
    };
  }

  /** The bytes of a cell that only functions on blobs write, or null when the type has none. */
  private static @Nullable ByteBuffer unusual(String type, int i) {
    if (i % 2 == 0) {
      return switch (type) {
        case "boolean", "int", "bigint", "float", "double", "varint", "decimal" ->
            ByteBuffer.allocate(0);
        case "timestamp", "uuid", "timeuuid", "inet" -> ByteBuffer.allocate(0);
        default -> null;
      };
    }
    return switch (type) {
      case "varint" -> ByteBuffer.wrap(new byte[] {0, 0, 5});
      case "boolean" -> ByteBuffer.wrap(new byte[] {2});
      case "float" -> ByteBuffer.allocate(4).putInt(0, 0xffc00000);
      case "double" -> ByteBuffer.allocate(8).putLong(0, 0xfff8000000000000L);
      case "inet" -> ByteBuffer.allocate(16).putInt(8, 0xffff).putInt(12, 0x7f000001);
      default -> null;
    };
  }

  /** Key columns are in the definition, others by their types. */
  private record Table(String name, String key, List<String> types) {
    boolean hasRowsByNumber() {
      return key.startsWith("id int");
    }

    /** True is looked up as the byte 1 alone, which docs/pushdown.md says. */
    boolean mayBeUnusual(String type) {
      return hasRowsByNumber() || !(name.equals("odd_keys") && type.equals("boolean"));
    }
  }

  private static final String BY_NUMBER = "id int, ck int, s_int int static, PRIMARY KEY (id, ck)";

  private static final List<Table> TABLES =
      List.of(
          new Table("regular", BY_NUMBER, TYPES),
          new Table("plain_indexes", BY_NUMBER, TYPES),
          new Table("attached_indexes", BY_NUMBER, TYPES),
          new Table("analysed_indexes", BY_NUMBER, TYPES),
          new Table("sasi_indexes", BY_NUMBER, TYPES),
          new Table(
              "keys",
              "PRIMARY KEY ((c_text, c_int), c_timestamp, c_decimal, c_uuid)",
              List.of("text", "int", "timestamp", "decimal", "uuid", "double")),
          new Table(
              "reversed",
              "PRIMARY KEY (c_bigint, c_date, c_ascii)) WITH CLUSTERING ORDER BY (c_date DESC,"
                  + " c_ascii ASC",
              List.of("bigint", "date", "ascii", "float")),
          new Table(
              "odd_keys",
              "PRIMARY KEY ((c_double, c_boolean), c_timeuuid, c_blob)",
              List.of("double", "boolean", "timeuuid", "blob", "tinyint")),
          new Table(
              "decimal_key",
              "PRIMARY KEY (c_decimal, c_inet)",
              List.of("decimal", "inet", "time")));

  @BeforeAll
  static void makeTables() throws UnknownHostException {
    Cassandra.keyspace(KS);
    for (Table table : TABLES) {
      String columns =
          table.types().stream()
              .filter(type -> !type.equals("duration") || table.hasRowsByNumber())
              .map(type -> "c_" + type + " " + type)
              .collect(Collectors.joining(", "));
      Cassandra.cql(
          "CREATE TABLE %s.%s (%s, %s)".formatted(KS, table.name(), columns, table.key()));
      boolean plain = table.hasRowsByNumber();
      List<String> names =
          new ArrayList<>(table.types().stream().map(type -> "c_" + type).toList());
      if (plain) {
        names.addAll(List.of("id", "ck", "s_int"));
      }
      PreparedStatement insert =
          Cassandra.SESSION.prepare(
              "INSERT INTO %s.%s (%s) VALUES (%s)"
                  .formatted(
                      KS,
                      table.name(),
                      String.join(", ", names),
                      String.join(", ", names.stream().map(n -> "?").toList())));
      for (int i = 0; i < 300; i++) {
        List<Object> values = new ArrayList<>();
        for (int c = 0; c < table.types().size(); c++) {
          boolean isNull = plain && (i * 31 + c * 17) % 5 == 0;
          values.add(isNull ? null : value(table.types().get(c), (i * (c + 3)) / (c + 1) + c));
        }
        if (plain) {
          values.addAll(List.of(i % 20, i / 20, i % 20));
        }
        Cassandra.SESSION.execute(unusual(table, insert.bind(values.toArray()), i));
      }
    }
    makeIndexes();
    for (Table table : TABLES) {
      if (table.hasRowsByNumber()) {
        Cassandra.cql("INSERT INTO %s.%s (id, s_int) VALUES (1000, 5)".formatted(KS, table.name()));
      }
      // A session hears of another's index about a second later.
      Spark.SESSION.sql("REFRESH TABLE cass.%s.%s".formatted(KS, table.name()));
    }
  }

  /**
   * A single partition key column is never without bytes, and has a clustering column beside it.
   */
  private static BoundStatement unusual(Table table, BoundStatement row, int i) {
    BoundStatement changed = row;
    boolean single = table.key().startsWith("PRIMARY KEY (c_");
    for (int c = single ? 1 : 0; c < table.types().size(); c++) {
      ByteBuffer bytes = unusual(table.types().get(c), i / 7);
      if ((i * 7 + c * 13) % 11 == 0 && bytes != null && table.mayBeUnusual(table.types().get(c))) {
        changed = changed.setBytesUnsafe(c, bytes);
      }
    }
    return changed;
  }

  private static void makeIndexes() {
    Cassandra.cql("CREATE INDEX ON %s.regular (c_int)".formatted(KS));
    for (String type : TYPES) {
      if (!type.equals("duration")) {
        Cassandra.cql("CREATE INDEX ON %s.plain_indexes (c_%s)".formatted(KS, type));
      }
    }
    Cassandra.cql("CREATE INDEX ON %s.plain_indexes (s_int)".formatted(KS));
    Cassandra.cql("CREATE INDEX ON %s.plain_indexes (ck)".formatted(KS));
    makeSasiIndexes();
    if (!Cassandra.version().atLeast("5.0")) {
      return;
    }
    Cassandra.cql("CREATE INDEX ON %s.regular (c_text) USING 'sai'".formatted(KS));
    Cassandra.cql("CREATE INDEX ON %s.regular (c_bigint) USING 'sai'".formatted(KS));
    for (String type : TYPES) {
      if (!type.equals("duration") && !type.equals("blob")) {
        Cassandra.cql("CREATE INDEX ON %s.attached_indexes (c_%s) USING 'sai'".formatted(KS, type));
      }
    }
    Cassandra.cql("CREATE INDEX ON %s.attached_indexes (s_int) USING 'sai'".formatted(KS));
    Cassandra.cql("CREATE INDEX ON %s.attached_indexes (ck) USING 'sai'".formatted(KS));
    for (String type : List.of("ascii", "text")) {
      Cassandra.cql(
          "CREATE INDEX ON %s.analysed_indexes (c_%s) USING 'sai' WITH OPTIONS = {'case_sensitive': 'false', 'ascii': 'true'}"
              .formatted(KS, type));
    }
    Cassandra.cql("CREATE INDEX ON %s.analysed_indexes (c_int) USING 'sai'".formatted(KS));
  }

  private static void makeSasiIndexes() {
    String index = "CREATE CUSTOM INDEX ON %s.sasi_indexes (c_%s) USING '%s'";
    String sasi = "org.apache.cassandra.index.sasi.SASIIndex";
    for (String type : List.of("bigint", "int", "double", "timestamp", "date", "uuid")) {
      Cassandra.cql(index.formatted(KS, type, sasi));
    }
    Cassandra.cql(index.formatted(KS, "ascii", sasi) + " WITH OPTIONS = {'mode': 'CONTAINS'}");
    Cassandra.cql(
        index.formatted(KS, "text", sasi)
            + " WITH OPTIONS = {'analyzer_class':"
            + " 'org.apache.cassandra.index.sasi.analyzer.NonTokenizingAnalyzer',"
            + " 'case_sensitive': 'false'}");
  }

  private static String predicate(Random random, List<String> columns) {
    String column = columns.get(random.nextInt(columns.size()));
    String type = column.substring(2);
    List<String> literals =
        switch (column) {
          case "id", "ck", "s_int" -> List.of("0", "3", "5", "19", "1000");
          default -> literals(type);
        };
    String literal = literals.get(random.nextInt(literals.size()));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> column + " = " + literal;
      case 3 -> column + " < " + literal;
      case 4 -> column + " >= " + literal;
      case 5 -> literal + " < " + column;
      case 6 -> column + " <= " + literal;
      case 7, 8 -> {
        String others = literals.subList(0, 1 + random.nextInt(literals.size())).toString();
        String list = others.substring(1, others.length() - 1);
        yield column + " IN (" + list + (random.nextInt(3) == 0 ? ", NULL)" : ")");
      }
      default ->
          List.of(
                  column + " IS NULL",
                  column + " IS NOT NULL",
                  "NOT (" + column + " = " + literal + ")")
              .get(random.nextInt(3));
    };
  }

  @Test
  void giveTheSameRowsPushedAndNot() {
    Random random = new Random(7);
    int pushed = 0;
    int tried = 0;
    for (Table table : TABLES) {
      List<String> columns =
          new ArrayList<>(table.types().stream().map(type -> "c_" + type).toList());
      if (table.hasRowsByNumber()) {
        columns.addAll(List.of("id", "ck", "s_int", "id"));
      }
      // The first ones twice: they are the key.
      columns.addAll(columns.subList(0, 2));
      Dataset<Row> scanned = read(table.name(), "read.pushdown", "false");
      Dataset<Row> unpushed =
          Spark.SESSION.createDataFrame(scanned.collectAsList(), scanned.schema());
      for (String mode : MODES) {
        Dataset<Row> served = read(table.name(), "read.allow-filtering", mode);
        for (int i = 0; i < PREDICATES / TABLES.size() / MODES.size() + 1; i++) {
          StringBuilder where = new StringBuilder(predicate(random, columns));
          for (int more = random.nextInt(3); more > 0; more--) {
            where.append(" AND ").append(predicate(random, columns));
          }
          Dataset<Row> filtered = served.where(where.toString());
          String plan = filtered.queryExecution().executedPlan().toString();
          pushed += plan.contains("pushed: []") ? 0 : 1;
          tried++;
          assertThat(sorted(filtered))
              .as(table.name() + ", " + mode + ": " + where + "\n" + plan)
              .isEqualTo(sorted(unpushed.where(where.toString())));
        }
      }
    }
    System.out.println("PREDICATES tried=" + tried + " pushed=" + pushed);
    assertThat(pushed).isGreaterThan(tried / 4);
  }

  private static Dataset<Row> read(String table, String option, String value) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .option(option, value)
        .load();
  }

  private static List<String> sorted(Dataset<Row> rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        Object value = row.get(i);
        text.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value).append('|');
      }
      texts.add(text.toString());
    }
    texts.sort(null);
    return texts;
  }
}
