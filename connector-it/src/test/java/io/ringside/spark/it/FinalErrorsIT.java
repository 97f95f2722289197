// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Jobs whose table or column goes away meanwhile: they end as soon as Cassandra says so, long
 * before the time to retry is over, and say why. While it drops a table, Cassandra answers with
 * errors that may pass.
 */
class FinalErrorsIT {
  private static final String KS = "final_errors";
  private static final int ROWS = 20_000;
  private static final String RATE = "3000 rows";

  @BeforeAll
  static void makeKeyspace() {
    Metrics.addRegistry(new SimpleMeterRegistry());
    Cassandra.keyspace(KS);
  }

  @AfterAll
  static void dropKeyspace() {
    Cassandra.cql("DROP KEYSPACE " + KS);
  }

  private static double count(String meter) {
    return Metrics.globalRegistry.find(meter).counters().stream().mapToDouble(Counter::count).sum();
  }

  private static void create(String table) {
    Cassandra.cql("CREATE TABLE final_errors." + table + " (id int PRIMARY KEY, v text, w text)");
  }

  /** A scan of which a part is done. */
  private static CompletableFuture<Void> scan(String table) {
    create(table);
    Spark.append(
        Spark.SESSION.range(ROWS).selectExpr("cast(id AS int) AS id", "'v' AS v", "'w' AS w"),
        KS,
        table);
    return begin(
        "ringside.read.rows",
        () ->
            Spark.SESSION
                .read()
                .format("cassandra")
                .option("keyspace", KS)
                .option("table", table)
                .option("read.rate-limit", RATE)
                .option("read.pushdown", "false")
                .load()
                .selectExpr("count(v)", "count(w)")
                .first());
  }

  /** A write of which a part is done. */
  private static CompletableFuture<Void> write(String table) {
    create(table);
    return begin(
        "ringside.write.rows",
        () ->
            Spark.SESSION
                .range(ROWS)
                .selectExpr("cast(id AS int) AS id", "'v' AS v", "'w' AS w")
                .write()
                .format("cassandra")
                .option("keyspace", KS)
                .option("table", table)
                .option("write.rate-limit", RATE)
                .mode("append")
                .save());
  }

  private static CompletableFuture<Void> begin(String meter, Runnable job) {
    double before = count(meter);
    CompletableFuture<Void> running = CompletableFuture.runAsync(job);
    Cassandra.await("a part of the job", () -> count(meter) > before || running.isDone());
    return running;
  }

  private static void assertFails(CompletableFuture<Void> job, String ddl, String... texts) {
    assertThat(job.isDone()).isFalse();
    Cassandra.cql(ddl);
    Cassandra.await("the end of the job", job::isDone);
    for (String text : texts) {
      assertThatThrownBy(job::join).hasStackTraceContaining(text);
    }
  }

  @Test
  void endsAScanOfATableThatIsDropped() {
    assertFails(
        scan("read_table"),
        "DROP TABLE final_errors.read_table",
        "Cannot read final_errors.read_table",
        "The table has changed since the query was planned: load it again.");
  }

  @Test
  void endsAScanOfAColumnThatIsDropped() {
    assertFails(
        scan("read_column"),
        "ALTER TABLE final_errors.read_column DROP w",
        "Cannot read final_errors.read_column",
        "The table has changed since the query was planned: load it again.");
  }

  @Test
  void endsAWriteToATableThatIsDropped() {
    assertFails(
        write("written_table"),
        "DROP TABLE final_errors.written_table",
        "Cannot write to final_errors.written_table",
        "The table has changed since the job was planned: load it again");
  }

  @Test
  void endsAWriteToAColumnThatIsDropped() {
    assertFails(
        write("written_column"),
        "ALTER TABLE final_errors.written_column DROP w",
        "Cannot write to final_errors.written_column",
        "The table has changed since the job was planned: load it again");
  }
}
