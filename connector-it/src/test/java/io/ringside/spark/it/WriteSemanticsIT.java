// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a write does to the cells of a table, asked from Cassandra itself. */
@Tag("matrix")
class WriteSemanticsIT {
  private static final String KS = "write_semantics";

  @BeforeAll
  static void makeKeyspace() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  private static void make(String table, String columns) {
    make(table, columns, "gc_grace_seconds = 864000");
  }

  private static void make(String table, String columns, String settings) {
    Cassandra.cql("CREATE TABLE %s.%s (%s) WITH %s".formatted(KS, table, columns, settings));
  }

  private static Dataset<org.apache.spark.sql.Row> rows(long count, String... columns) {
    return Spark.SESSION.range(count).selectExpr(columns);
  }

  private static void write(
      Dataset<org.apache.spark.sql.Row> rows, String table, Map<String, String> options) {
    save(rows, table, "append", options);
  }

  private static void save(
      Dataset<org.apache.spark.sql.Row> rows,
      String table,
      String mode,
      Map<String, String> options) {
    rows.write()
        .format("cassandra")
        .option("keyspace", KS)
        .option("table", table)
        .options(options)
        .mode(mode)
        .save();
  }

  /** The first column as a number, then the others as text. */
  private static Map<Integer, String> select(String columns, String table) {
    Map<Integer, String> found = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT %s FROM %s.%s".formatted(columns, KS, table))) {
      StringBuilder text = new StringBuilder();
      for (int i = 1; i < row.getColumnDefinitions().size(); i++) {
        text.append(i > 1 ? "," : "").append(row.getObject(i));
      }
      found.put(row.getInt(0), text.toString());
    }
    return found;
  }

  private static long count(String table) {
    return Cassandra.cql("SELECT count(*) FROM " + KS + "." + table).one().getLong(0);
  }

  private static double meter(String name) {
    Counter counter = Metrics.globalRegistry.find(name).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void givesCellsTheTimeToLiveOfTheJobAndOfEachRow() {
    make("ttl", "id int PRIMARY KEY, v int", "default_time_to_live = 5000");
    write(rows(1, "0 AS id", "1 AS v"), "ttl", Map.of());
    write(rows(1, "1 AS id", "1 AS v"), "ttl", Map.of("write.ttl", "7000"));
    write(rows(1, "2 AS id", "1 AS v"), "ttl", Map.of("write.ttl", "0"));
    write(
        rows(4, "cast(id + 10 AS int) AS id", "1 AS v", "if(id = 3, null, id * 10000) AS seconds"),
        "ttl",
        Map.of("write.ttl-column", "seconds", "write.ttl", "900"));
    write(
        rows(1, "20 AS id", "1 AS v", "cast(null AS int) AS seconds"),
        "ttl",
        Map.of("write.ttl-column", "seconds"));
    Map<Integer, Integer> ttl = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT id, ttl(v) FROM " + KS + ".ttl")) {
      ttl.put(row.getInt(0), row.isNull(1) ? 0 : (row.getInt(1) + 99) / 100 * 100);
    }
    assertThat(ttl)
        .isEqualTo(
            new TreeMap<>(
                Map.of(0, 5000, 1, 7000, 2, 0, 10, 0, 11, 10000, 12, 20000, 13, 900, 20, 5000)));
  }

  @Test
  void givesCellsTheWriteTimeOfTheJobOfTheUserAndOfEachRow() {
    make("times", "id int PRIMARY KEY, v int");
    long before = Instant.now().toEpochMilli() * 1000;
    write(rows(1, "0 AS id", "1 AS v"), "times", Map.of("write.timestamp", "12345"));
    write(
        rows(3, "cast(id + 10 AS int) AS id", "1 AS v", "if(id = 2, null, id + 77) AS at"),
        "times",
        Map.of("write.timestamp-column", "at"));
    write(
        rows(1, "20 AS id", "1 AS v", "timestamp'2020-01-01 00:00:00.000001' AS at"),
        "times",
        Map.of("write.timestamp-column", "at"));
    write(
        rows(1, "21 AS id", "1 AS v", "cast(null AS bigint) AS at"),
        "times",
        Map.of("write.timestamp-column", "at", "write.timestamp", "99"));
    Map<Integer, String> times = select("id, writetime(v)", "times");
    assertThat(Long.parseLong(times.remove(12))).isGreaterThanOrEqualTo(before);
    assertThat(times)
        .isEqualTo(
            new TreeMap<>(
                Map.of(0, "12345", 10, "77", 11, "78", 20, "1577836800000001", 21, "99")));
  }

  @Test
  void refusesTimesThatCannotBe() {
    make("bounds", "id int PRIMARY KEY, v int");
    assertThatThrownBy(
            () ->
                write(
                    rows(1, "0 AS id", "1 AS v", "630720001L AS seconds"),
                    "bounds",
                    Map.of("write.ttl-column", "seconds")))
        .hasStackTraceContaining("a time to live of 630720001 seconds, which is not from 0 to");
    assertThatThrownBy(
            () ->
                write(
                    rows(1, "0 AS id", "1 AS v", "'x' AS seconds"),
                    "bounds",
                    Map.of("write.ttl-column", "seconds", "write.timestamp-column", "at")))
        .hasMessageContaining("column 'seconds', named by option 'write.ttl-column', is of Spark")
        .hasMessageContaining(
            "'write.timestamp-column' names column 'at', which the data does not");
    assertThat(count("bounds")).isZero();
  }

  @Test
  void leavesNoTombstonesForNulls() {
    make("unset", "id int PRIMARY KEY, a int, b text");
    make("deleted", "id int PRIMARY KEY, a int, b text");
    Dataset<org.apache.spark.sql.Row> rows =
        rows(100, "cast(id AS int) AS id", "cast(null AS int) AS a", "if(id > 9, 'b', null) AS b");
    write(rows, "unset", Map.of());
    write(rows, "deleted", Map.of("write.nulls", "tombstone"));
    var node = Cassandra.CLUSTER.nodes().get(0);
    String unset = SstableDump.json(node, KS, "unset");
    assertThat(unset.split("\"liveness_info\"", -1)).hasSize(101);
    assertThat(unset).doesNotContain("deletion_info");
    assertThat(SstableDump.json(node, KS, "deleted").split("\"deletion_info\"", -1)).hasSize(111);
    assertThat(SstableDump.metadata(node, KS, "unset"))
        .contains("totalRows: 100", "Estimated droppable tombstones: 0.0");
  }

  @Test
  void writesTheColumnsThatThereAreOnly() {
    make("partial", "id int PRIMARY KEY, a int, b int");
    write(rows(2, "cast(id AS int) AS id", "1 AS a", "2 AS b"), "partial", Map.of());
    write(
        rows(2, "3 AS b", "cast(id AS int) AS id"), "partial", Map.of("write.nulls", "tombstone"));
    assertThat(select("id, a, b", "partial")).isEqualTo(Map.of(0, "1,3", 1, "1,3"));
  }

  @Test
  void truncatesWhenToldAndOnlyWhenTheJobStarts() {
    make("whole", "id int PRIMARY KEY, v int");
    Dataset<org.apache.spark.sql.Row> old = rows(10, "cast(id AS int) AS id", "1 AS v");
    Dataset<org.apache.spark.sql.Row> other = rows(3, "cast(id + 100 AS int) AS id", "2 AS v");
    write(old, "whole", Map.of());
    assertThatThrownBy(() -> save(other, "whole", "overwrite", Map.of()))
        .hasMessageContaining("option 'confirm-truncate' is not true");
    Map<String, String> confirmed = Map.of("confirm-truncate", "true");
    assertThatThrownBy(
            () -> save(other.withColumnRenamed("v", "w"), "whole", "overwrite", confirmed))
        .hasMessageContaining("it has no column 'w'");
    assertThatThrownBy(
            () ->
                save(
                    other
                        .repartition(2)
                        .selectExpr("raise_error('no data') AS id")
                        .repartition(3)
                        .selectExpr("cast(id AS int) AS id"),
                    "whole",
                    "overwrite",
                    confirmed))
        .hasStackTraceContaining("no data");
    Spark.SESSION.conf().set("spark.sql.catalog.sure", "io.ringside.spark.CassandraCatalog");
    Spark.SESSION
        .conf()
        .set("spark.sql.catalog.sure.contact-points", Cassandra.CLUSTER.contactPoint());
    Spark.SESSION.conf().set("spark.sql.catalog.sure.confirm-truncate", "true");
    String overwrite = "INSERT OVERWRITE sure.write_semantics.whole VALUES (7, 7)";
    assertThat(Spark.SESSION.sql("EXPLAIN EXTENDED " + overwrite).first().getString(0))
        .contains("TRUNCATE write_semantics.whole; INSERT INTO");
    assertThat(count("whole")).isEqualTo(10);
    save(other, "whole", "overwrite", confirmed);
    assertThat(select("id, v", "whole")).isEqualTo(Map.of(100, "2", 101, "2", 102, "2"));
    Spark.SESSION.sql(overwrite);
    assertThat(select("id, v", "whole")).isEqualTo(Map.of(7, "7"));
    assertThatThrownBy(
            () -> Spark.SESSION.sql("INSERT OVERWRITE cass.write_semantics.whole VALUES (8, 8)"))
        .hasMessageContaining("'confirm-truncate'");
    Spark.SESSION.sql("TRUNCATE TABLE cass.write_semantics.whole");
    assertThat(count("whole")).isZero();
  }

  @Test
  void replacesRowsByKey() throws Exception {
    make("slices", "id int, n int, v int, PRIMARY KEY (id, n)");
    write(
        rows(40, "cast(id % 2 AS int) AS id", "cast(id AS int) AS n", "1 AS v"),
        "slices",
        Map.of());
    Dataset<org.apache.spark.sql.Row> other = rows(3, "1 AS id", "cast(id AS int) AS n", "2 AS v");
    other
        .writeTo("cass.write_semantics.slices")
        .overwrite(col("id").equalTo(1).and(col("n").lt(30)));
    assertThat(select("n, v", "slices WHERE id = 1"))
        .isEqualTo(Map.of(0, "2", 1, "2", 2, "2", 31, "1", 33, "1", 35, "1", 37, "1", 39, "1"));
    assertThat(select("n, v", "slices WHERE id = 0")).hasSize(20);
    assertThatThrownBy(
            () -> other.writeTo("cass.write_semantics.slices").overwrite(col("v").equalTo(1)))
        .hasMessageContaining("overwrite");
    assertThatThrownBy(
            () ->
                other
                    .writeTo("cass.write_semantics.slices")
                    .option("write.timestamp", "server")
                    .overwrite(col("id").equalTo(1)))
        .hasMessageContaining("only with one write time for all rows");
    assertThat(count("slices")).isEqualTo(28);
  }

  @Test
  void writesRowsThatAreNotThereYet() {
    make("fresh", "id int, n int, v int, PRIMARY KEY (id, n)");
    Map<String, String> options = Map.of("write.if-not-exists", "true");
    write(rows(10, "1 AS id", "cast(id AS int) AS n", "1 AS v"), "fresh", options);
    double before = meter("ringside.write.not-applied");
    double written = meter("ringside.write.rows");
    write(rows(30, "1 AS id", "cast(id AS int) AS n", "2 AS v"), "fresh", options);
    assertThat(meter("ringside.write.not-applied") - before).isEqualTo(10);
    assertThat(meter("ringside.write.rows") - written).isEqualTo(20);
    assertThat(
            select("n, v", "fresh").values().stream()
                .collect(Collectors.groupingBy(v -> v, Collectors.counting())))
        .isEqualTo(Map.of("1", 10L, "2", 20L));
    assertThatThrownBy(
            () ->
                write(
                    rows(1, "1 AS id", "5 AS n", "3 AS v"),
                    "fresh",
                    Map.of("write.if-not-exists", "true", "write.not-applied", "fail")))
        .hasStackTraceContaining("Cannot write to write_semantics.fresh: the condition of a row");
  }

  @Test
  void changesRowsOfWhichAConditionHolds() {
    make("versions", "id int PRIMARY KEY, version int, v text");
    Dataset<org.apache.spark.sql.Row> first =
        rows(10, "cast(id AS int) AS id", "cast(id AS int) AS version", "'old' AS v");
    write(first, "versions", Map.of());
    write(
        rows(12, "cast(id AS int) AS id", "100 AS version", "'new' AS v", "5 AS most"),
        "versions",
        Map.of("write.if", "version < :most AND v IN ('old', ':most')", "write.ttl", "5000"));
    assertThat(select("id, version, v", "versions"))
        .hasSize(10)
        .containsEntry(4, "100,new")
        .containsEntry(5, "5,old");
    assertThat(select("id, ttl(v)", "versions").get(0)).isNotEqualTo("null");
    assertThatThrownBy(() -> write(first, "versions", Map.of("write.if", "versoin = 1")))
        .hasMessageContaining("Cannot read option 'write.if': the server does not accept 'UPDATE")
        .hasMessageContaining("versoin");
    assertThatThrownBy(
            () ->
                write(
                    first,
                    "versions",
                    Map.of("write.if", "version = :nothing", "write.timestamp", "5")))
        .hasMessageContaining("option 'write.if' names column 'nothing'")
        .hasMessageContaining("conditional writes get their write time from the server");
  }

  @Test
  void addsToCounters() {
    make("clicks", "page int, day int, n counter, m counter, PRIMARY KEY (page, day)");
    Dataset<org.apache.spark.sql.Row> clicks =
        rows(
            40,
            "cast(id % 2 AS int) AS page",
            "cast(id % 4 AS int) AS day",
            "id AS n",
            "if(id < 20, 1L, null) AS m");
    write(clicks, "clicks", Map.of());
    write(clicks.drop("m"), "clicks", Map.of());
    assertThat(select("day, n, m", "clicks"))
        .isEqualTo(Map.of(0, "360,5", 1, "380,5", 2, "400,5", 3, "420,5"));
    SparkEnv.get().conf().set("spark.speculation", "true");
    try {
      assertThatThrownBy(() -> write(clicks, "clicks", Map.of()))
          .hasMessageContaining(
              "spark.speculation is on, and a copy of a task would add to counters");
      write(clicks.limit(0), "clicks", Map.of("write.allow-speculation", "true"));
    } finally {
      SparkEnv.get().conf().remove("spark.speculation");
    }
    assertThatThrownBy(
            () -> write(clicks, "clicks", Map.of("write.ttl", "9", "write.timestamp", "9")))
        .hasMessageContaining("counters have no time to live")
        .hasMessageContaining("counters get their write time from the server");
  }

  @Test
  void changesCollectionsOfEachColumn() {
    make("bags", "id int PRIMARY KEY, l list<int>, s set<int>, m map<text, int>, v int");
    String[] columns = {
      "cast(id AS int) AS id", "array(1, 2, 1) AS l", "array(1, 2) AS s", "map('a', 1, 'b', 2) AS m"
    };
    write(rows(2, columns), "bags", Map.of());
    write(
        rows(
            3,
            "cast(id AS int) AS id",
            "if(id = 1, null, array(3)) AS l",
            "array(3) AS s",
            "map('c', 3) AS m",
            "7 AS v"),
        "bags",
        Map.of(
            "write.collection.l",
            "append",
            "write.collection.s",
            "append",
            "write.collection.m",
            "append",
            "write.nulls",
            "tombstone"));
    assertThat(select("id, l, s, m, v", "bags"))
        .isEqualTo(
            Map.of(
                0, "[1, 2, 1, 3],[1, 2, 3],{a=1, b=2, c=3},7",
                1, "[1, 2, 1],[1, 2, 3],{a=1, b=2, c=3},7",
                2, "[3],[3],{c=3},7"));
    write(
        rows(1, "0 AS id", "array(1) AS l", "array(1, 9) AS s", "array('a', 'c') AS m"),
        "bags",
        Map.of(
            "write.collection.l",
            "remove",
            "write.collection.s",
            "remove",
            "write.collection.m",
            "remove"));
    write(
        rows(1, "1 AS id", "array(8, 9) AS l", "array(5) AS s"),
        "bags",
        Map.of("write.collection.l", "prepend", "write.collection.s", "overwrite"));
    assertThat(select("id, l, s, m, v", "bags"))
        .isEqualTo(
            Map.of(
                0, "[2, 3],[2, 3],{b=2},7",
                1, "[8, 9, 1, 2, 1],[5],{a=1, b=2, c=3},7",
                2, "[3],[3],{c=3},7"));
  }

  @Test
  void writesStaticColumnsOfAPartitionAlone() {
    make("parts", "id int, n int, name text STATIC, v int, PRIMARY KEY (id, n)");
    write(rows(2, "cast(id AS int) AS id", "'only' AS name"), "parts", Map.of());
    write(
        rows(
            4,
            "cast(id + 2 AS int) AS id",
            "if(id % 2 = 0, 1, null) AS n",
            "concat('p', id) AS name",
            "if(id % 2 = 0, 7, null) AS v"),
        "parts",
        Map.of("write.nulls", "tombstone"));
    assertThat(select("id, n, name, v", "parts"))
        .isEqualTo(
            Map.of(
                0, "null,only,null",
                1, "null,only,null",
                2, "1,p0,7",
                3, "null,p1,null",
                4, "1,p2,7",
                5, "null,p3,null"));
    assertThatThrownBy(
            () ->
                write(
                    rows(1, "9 AS id", "cast(null AS int) AS n", "'x' AS name", "1 AS v"),
                    "parts",
                    Map.of()))
        .hasStackTraceContaining("the clustering columns are null in a row that sets more than");
    assertThatThrownBy(() -> write(rows(1, "9 AS id", "1 AS v"), "parts", Map.of()))
        .hasMessageContaining("column 'n' is part of the primary key but missing");
  }

  @Test
  void findsEverythingThatIsWrongAtOnce() {
    make("wrong", "id int, n int, v int, PRIMARY KEY (id, n)");
    assertThatThrownBy(() -> write(rows(1, "array(1) AS v", "1 AS w", "1 AS n"), "wrong", Map.of()))
        .hasMessageContaining("Cannot write column 'v'")
        .hasMessageContaining("it has no column 'w'")
        .hasMessageContaining("column 'id' is part of the primary key but missing");
    assertThat(List.of(count("wrong"))).containsExactly(0L);
  }

  @Test
  void bringsRowsOfAPartitionTogether() {
    make(
        "spread",
        "a int, b int, n int, v int, PRIMARY KEY ((a, b), n)",
        "CLUSTERING ORDER BY (n DESC)");
    Dataset<org.apache.spark.sql.Row> rows =
        rows(
                2_000,
                "cast(id % 40 AS int) AS a",
                "cast(id % 10 AS int) AS b",
                "cast(id AS int) AS n",
                "1 AS v")
            .repartition(4);
    Map<String, String> small = Map.of("write.buffer-size", "64k");
    double batches = batches();
    write(rows, "spread", small);
    assertThat(batches() - batches).isGreaterThan(400);
    batches = batches();
    Map<String, String> together = new TreeMap<>(small);
    together.put("write.distribution", "partition-key");
    write(rows, "spread", together);
    assertThat(batches() - batches).isLessThanOrEqualTo(50);
    assertThat(count("spread")).isEqualTo(2_000);
  }

  private static double batches() {
    return Metrics.globalRegistry.get("ringside.write.batches").timer().count();
  }

  @Test
  void keepsTheRateOfTheWholeJob() {
    make("rate", "id int PRIMARY KEY, v int");
    Dataset<org.apache.spark.sql.Row> rows =
        rows(3_000, "cast(id AS int) AS id", "1 AS v").repartition(4);
    long start = System.nanoTime();
    write(rows, "rate", Map.of("write.rate-limit", "1000 rows"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(15));
    start = System.nanoTime();
    // Each row has 8 bytes.
    write(rows, "rate", Map.of("write.rate-limit", "8k"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(15));
    start = System.nanoTime();
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .option("keyspace", KS)
                .option("table", "rate")
                .option("read.rate-limit", "1000 rows")
                .option("read.page-size", "1k")
                .option("read.min-splits", "4")
                .load()
                .collectAsList())
        .hasSize(3_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
  }

  @Test
  void tellsSparkWhatWasWritten() {
    make("told", "id int, n int, v int, PRIMARY KEY (id, n)");
    AtomicLong records = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            records.addAndGet(task.taskMetrics().outputMetrics().recordsWritten());
            bytes.addAndGet(task.taskMetrics().outputMetrics().bytesWritten());
          }
        };
    Spark.SESSION.sparkContext().addSparkListener(listener);
    try {
      write(rows(500, "1 AS id", "cast(id AS int) AS n", "2 AS v"), "told", Map.of());
      Cassandra.await("the tasks' metrics", () -> records.get() >= 500);
      assertThat(records.get()).isEqualTo(500);
      assertThat(bytes.get()).isEqualTo(500 * 12);
    } finally {
      Spark.SESSION.sparkContext().removeSparkListener(listener);
    }
  }

  @Test
  void namesTheTableThatChangedSinceTheJobWasPlanned() {
    make("changed", "id bigint PRIMARY KEY, v int");
    // Before the shuffle, so before any task of the write starts.
    Dataset<org.apache.spark.sql.Row> rows =
        Spark.SESSION
            .range(0, 1, 1, 1)
            .map(
                (org.apache.spark.api.java.function.MapFunction<Long, Long>)
                    id -> {
                      Cassandra.cql("ALTER TABLE write_semantics.changed DROP v");
                      return id;
                    },
                org.apache.spark.sql.Encoders.LONG())
            .repartition(2)
            .selectExpr("value AS id", "1 AS v");
    assertThatThrownBy(() -> write(rows, "changed", Map.of()))
        .hasStackTraceContaining("Cannot write to write_semantics.changed: Cassandra does not")
        .hasStackTraceContaining("INSERT INTO write_semantics.changed");
  }

  @Test
  void sendsNothingMoreAfterTheFirstFailure() {
    make("stops", "key text PRIMARY KEY, v int");
    double rows = meter("ringside.write.rows");
    assertThatThrownBy(
            () ->
                write(
                    rows(20_000, "if(id = 0, repeat('x', 70000), string(id)) AS key", "1 AS v")
                        .coalesce(1),
                    "stops",
                    Map.of("write.in-flight", "8", "write.buffer-size", "2k")))
        .hasStackTraceContaining("Cannot write to write_semantics.stops: ")
        .hasStackTraceContaining("(key: key) was not acknowledged at LOCAL_QUORUM after 1 tries")
        .hasStackTraceContaining("longer than maximum");
    assertThat(meter("ringside.write.rows") - rows).isLessThan(1_000);
    assertThat(count("stops")).isEqualTo((long) (meter("ringside.write.rows") - rows));
  }

  @Test
  void abandonsItsBufferWhenTheDataFails() {
    make("aborts", "id int PRIMARY KEY, v int");
    assertThatThrownBy(
            () ->
                write(
                    rows(
                            1_000,
                            "cast(id AS int) AS id",
                            "if(id = 999, cast(raise_error('bad row') AS int), 1) AS v")
                        .coalesce(1),
                    "aborts",
                    Map.of("write.batch-rows", "100")))
        .hasStackTraceContaining("bad row");
    assertThat(count("aborts")).isZero();
  }
}
