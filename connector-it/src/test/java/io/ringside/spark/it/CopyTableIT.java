// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies keep each cell's write time and expiry, by what lies in Cassandra's own files. */
@Tag("matrix")
class CopyTableIT {
  private static final String KS = "copies";
  private static final Set<String> KEY = Set.of("a", "B b", "n");
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace(KS);
    cql("CREATE TYPE %s.address (street text, \"Zip\" int, floor int)");
  }

  private static void cql(String statement) {
    Cassandra.cql(statement.replace("%s", KS));
  }

  private static void make(String table, String settings) {
    cql(
        "CREATE TABLE %s."
            + table
            + """
             (a int, "B b" text, n int, s text static, "S2" int static, ss set<int> static,
             v int, "MiXed" text, nothing int, fl frozen<list<int>>, fa frozen<address>,
             li list<text>, se set<int>, ma map<text, int>, ad address,
             PRIMARY KEY ((a, "B b"), n)) WITH CLUSTERING ORDER BY (n DESC) AND
            """
            + settings);
  }

  private static void fill(String table) {
    String t = "%s." + table;
    // A whole row of one time, another with a life, and one changed cell by cell.
    cql(
        "INSERT INTO "
            + t
            + " (a, \"B b\", n, v, \"MiXed\") VALUES (1, 'x', 1, 1, 'm') USING TIMESTAMP 1000");
    cql(
        "INSERT INTO "
            + t
            + " (a, \"B b\", n, v, \"MiXed\", fl) VALUES (1, 'x', 2, 1, 'm', [1, 2]) USING TIMESTAMP 2000 AND TTL 5000");
    String row = " WHERE a = 1 AND \"B b\" = 'x' AND n = 3";
    cql(
        "INSERT INTO "
            + t
            + " (a, \"B b\", n, v) VALUES (1, 'x', 3, 1) USING TIMESTAMP 3000 AND TTL 90000");
    cql("UPDATE " + t + " USING TIMESTAMP 3001 SET \"MiXed\" = 'é'" + row);
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 3002 AND TTL 70000 SET fl = [], fa = {street: 's', \"Zip\": 1}"
            + row);
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 3003 AND TTL 60000 SET se = se + {1, 2}, ma = ma + {'k': 1}"
            + row);
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 3004 SET se = se + {3}, ma = ma + {'a': 2, 'z': 3}"
            + row);
    cql("UPDATE " + t + " USING TIMESTAMP 3005 SET li = li + ['one', 'two']" + row);
    cql("UPDATE " + t + " USING TIMESTAMP 3006 AND TTL 50000 SET li = li + ['three']" + row);
    cql("UPDATE " + t + " USING TIMESTAMP 3005 SET li = li + ['one']" + row);
    cql("UPDATE " + t + " USING TIMESTAMP 3007 AND TTL 40000 SET ad.street = 'long'" + row);
    cql("UPDATE " + t + " USING TIMESTAMP 3008 SET ad.\"Zip\" = 12" + row);
    // Static cells beside rows, and alone.
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 4000 AND TTL 30000 SET s = 'static' WHERE a = 1 AND \"B b\" = 'x'");
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 4001 SET \"S2\" = 2, ss = ss + {7} WHERE a = 1 AND \"B b\" = 'x'");
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 4002 AND TTL 20000 SET ss = ss + {8} WHERE a = 1 AND \"B b\" = 'x'");
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 4003 AND TTL 20000 SET s = 'alone', ss = ss + {9} WHERE a = 2 AND \"B b\" = ''");
    // A row of nothing but its key, and one made by an update.
    cql("INSERT INTO " + t + " (a, \"B b\", n) VALUES (3, 'key', 0) USING TIMESTAMP 5000");
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 6000 AND TTL 10000 SET ma = {'only': 1} WHERE a = 4 AND \"B b\" = 'map' AND n = 0");
    cql(
        "UPDATE "
            + t
            + " USING TIMESTAMP 6001 SET v = 1 WHERE a = 4 AND \"B b\" = 'old' AND n = 0");
    cql(
        "DELETE \"MiXed\" FROM "
            + t
            + " USING TIMESTAMP 7000 WHERE a = 1 AND \"B b\" = 'x' AND n = 1");
  }

  /** The job of {@code docs/copying.md}. */
  private static Dataset<Row> withCellMetadata(Dataset<Row> source, Set<String> key) {
    List<Column> columns = new ArrayList<>(List.of(col("_read_time")));
    for (String name : source.columns()) {
      columns.add(col("`" + name + "`"));
      if (!key.contains(name)) {
        columns.add(col("`_writetime_" + name + "`"));
        columns.add(col("`_ttl_" + name + "`"));
      }
    }
    return source.select(columns.toArray(Column[]::new));
  }

  private static void write(Dataset<Row> rows, String table) {
    rows.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .option("write.cell-metadata", "true")
        .mode("append")
        .save();
  }

  @Test
  @Needs(cassandra = "5.0", reason = Needs.NO_TIMES_OF_ELEMENTS)
  void keepsTheWriteTimeAndExpiryOfEveryCell() {
    make("source", "gc_grace_seconds = 864000");
    make("target", "default_time_to_live = 100000");
    fill("source");
    write(withCellMetadata(Spark.table(KS, "source"), KEY), "target");

    Map<String, Stored> source = cells("source");
    Map<String, Stored> target = cells("target");
    assertThat(target.keySet()).isEqualTo(source.keySet());
    assertThat(source).hasSize(28);
    source.forEach(
        (cell, stored) -> {
          Stored copy = Objects.requireNonNull(target.get(cell));
          assertThat(copy.writeTime()).as(cell).isEqualTo(stored.writeTime());
          if (stored.expiry() == null) {
            assertThat(copy.expiry()).as(cell).isNull();
          } else {
            assertThat(Duration.between(stored.expiry(), copy.expiry()).abs())
                .as(cell)
                .isLessThanOrEqualTo(TOLERANCE);
          }
        });
    assertThat(values("target")).isEqualTo(values("source")).hasSize(7);
    // The list keeps its order though its elements were written at different times.
    assertThat(
            Cassandra.cql(
                    "SELECT li, writetime(li) FROM copies.target WHERE a = 1 AND \"B b\" = 'x' AND n = 3")
                .one()
                .getFormattedContents())
        .isEqualTo("[li:['one','two','three','one'], \"writetime(li)\":[3005,3005,3006,3005]]");
  }

  @Test
  void countsSecondsFromTheReadAndLeavesOutWhatHasExpired() {
    cql("CREATE TABLE %s.elapsed (id int PRIMARY KEY, v int, w int)");
    Dataset<Row> rows =
        Spark.SESSION
            .range(4)
            .selectExpr(
                "cast(id AS int) AS id",
                "1 AS v",
                "1000L AS _writetime_v",
                "5000 AS _ttl_v",
                "if(id = 3, null, 1) AS w",
                "if(id = 1, null, 999L) AS _writetime_w",
                "if(id = 2, null, 900) AS _ttl_w",
                "current_timestamp() - INTERVAL 1000 SECONDS AS _read_time");
    write(rows, "elapsed");
    List<String> found = new ArrayList<>();
    long now = Instant.now().toEpochMilli() * 1000;
    for (var row :
        Cassandra.cql(
            "SELECT id, ttl(v), writetime(v), w, ttl(w), writetime(w) FROM copies.elapsed")) {
      assertThat(row.getInt(1)).isBetween(3900, 4001);
      found.add(
          row.getInt(0)
              + " "
              + row.getLong(2)
              + " "
              + row.getObject(3)
              + " "
              + row.getObject(4)
              + " "
              + row.getObject(5));
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "0 1000 null null null",
            "1 1000 null null null",
            "2 1000 1 null 999",
            "3 1000 null null null");

    // Seconds count from the write where the data does not tell of a read; null is the job's time.
    write(rows.drop("_read_time").filter("id = 1"), "elapsed");
    var again =
        Cassandra.cql("SELECT ttl(v), ttl(w), writetime(w) FROM copies.elapsed WHERE id = 1").one();
    assertThat(again.getInt(0)).isBetween(4900, 5000);
    assertThat(again.getInt(1)).isBetween(800, 900);
    assertThat(again.getLong(2)).isBetween(now - 600_000_000L, now + 600_000_000L);

    // All of a row has expired: there is no row.
    write(rows.filter("id = 0").withColumn("id", lit(9)).withColumn("_ttl_v", lit(0)), "elapsed");
    assertThat(Cassandra.cql("SELECT * FROM copies.elapsed WHERE id = 9").one()).isNull();
  }

  @Test
  void refusesTimesThatAreNotOneForEachElement() {
    cql("CREATE TABLE %s.uneven (id int PRIMARY KEY, m map<int, int>)");
    Dataset<Row> rows =
        Spark.SESSION
            .range(1)
            .selectExpr(
                "cast(id AS int) AS id",
                "map(1, 1, 2, 2) AS m",
                "array(1000L) AS _writetime_m",
                "array(cast(null AS int), 5) AS _ttl_m");
    assertThatThrownBy(() -> write(rows, "uneven"))
        .hasStackTraceContaining("column '_writetime_m' has 1 entries where 'm' has 2 elements");
    assertThat(Cassandra.cql("SELECT * FROM copies.uneven").one()).isNull();
  }

  @Test
  @Needs(cassandra = "5.0", reason = Needs.NO_TIMES_OF_ELEMENTS)
  void takesAWholeCollectionWithOneTime() {
    cql("CREATE TABLE %s.wholes (id int PRIMARY KEY, m map<int, int>, l list<int>)");
    write(
        Spark.SESSION.sql(
            "SELECT 1 AS id, map(1, 1) AS m, 77L AS _writetime_m, 5000 AS _ttl_m,"
                + " array(3, 4) AS l, 78L AS _writetime_l, cast(null AS int) AS _ttl_l"),
        "wholes");
    assertThat(
            Cassandra.cql("SELECT m, writetime(m), l, writetime(l) FROM copies.wholes")
                .one()
                .getFormattedContents())
        .isEqualTo("[m:{1:1}, \"writetime(m)\":[77], l:[3,4], \"writetime(l)\":[78,78]]");
  }

  /** What the tests' own driver reads, as text, values and write times. */
  private static List<String> values(String table) {
    List<String> rows = new ArrayList<>();
    Cassandra.cql(
            """
            SELECT a, "B b", n, s, writetime(s), "S2", writetime("S2"), ss, writetime(ss),
            v, writetime(v), "MiXed", writetime("MiXed"), nothing, writetime(nothing),
            fl, writetime(fl), fa, writetime(fa), li, writetime(li), se, writetime(se),
            ma, writetime(ma), ad, writetime(ad) FROM copies."""
                + table)
        .forEach(row -> rows.add(row.getFormattedContents()));
    return rows;
  }

  private record Stored(String writeTime, @Nullable Instant expiry) {}

  /**
   * Live cells on disk by partition, row, column and element, and the marker of each row whose
   * write time is known. Elements of lists are known by their value, as their path is random.
   */
  private static Map<String, Stored> cells(String table) {
    Map<String, Stored> cells = new TreeMap<>();
    try {
      for (JsonNode partition :
          new ObjectMapper()
              .readTree(SstableDump.json(Cassandra.CLUSTER.nodes().get(0), KS, table))) {
        String key = partition.get("partition").get("key").toString();
        for (JsonNode row : partition.get("rows")) {
          String name = key + row.path("clustering");
          for (JsonNode cell : row.path("cells")) {
            boolean live = cell.has("value") && !cell.has("deletion_info");
            if (live) {
              put(
                  cells,
                  name + cell.get("name").asText() + cell.path("path") + cell.get("value"),
                  cell,
                  row.path("liveness_info"));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cells;
  }

  private static void put(Map<String, Stored> cells, String name, JsonNode cell, JsonNode row) {
    boolean random = name.contains("li[");
    String known = random ? name.replaceAll("li\\[\"[0-9a-f-]*\"]", "li") : name;
    JsonNode times = cell.has("tstamp") ? cell : row;
    JsonNode expiry =
        cell.has("expires_at") || cell.has("tstamp")
            ? cell.path("expires_at")
            : row.path("expires_at");
    String unique = known;
    for (int twin = 2; cells.containsKey(unique); twin++) {
      unique = known + "#" + twin;
    }
    cells.put(
        unique,
        new Stored(
            times.get("tstamp").asText(),
            expiry.isMissingNode() ? null : Instant.parse(expiry.asText())));
  }
}
