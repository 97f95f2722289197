// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.LookupJoin;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams enriched by lookups, with what they need of the rows before the join. */
@Tag("matrix")
class LookupJoinStreamIT {
  private static final String SCHEMA = "id BIGINT, device INT, at TIMESTAMP";

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("enriched");
    Cassandra.cql("CREATE TABLE enriched.devices (id int PRIMARY KEY, place text)");
    Cassandra.cql(
        "CREATE TABLE enriched.readings (id bigint PRIMARY KEY, device int, at timestamp,"
            + " place text)");
    for (int id = 0; id < 5; id++) {
      Cassandra.cql(
          "INSERT INTO enriched.devices (id, place) VALUES (%d, 'place %d')".formatted(id, id));
    }
  }

  private void addFile(long from, long to) {
    readings(from, to).coalesce(1).write().mode("append").parquet(file("in"));
  }

  private static Dataset<Row> readings(long from, long to) {
    return Spark.SESSION
        .range(from, to)
        .selectExpr("id", "cast(id % 6 AS int) AS device", "timestamp_millis(id * 1000) AS at");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private LookupJoin stream() {
    Dataset<Row> readings =
        Spark.SESSION
            .readStream()
            .schema(SCHEMA)
            .parquet(file("in"))
            .withWatermark("at", "5 seconds");
    return LookupJoin.of(readings).table("cass.enriched.devices").on("device", "id");
  }

  private StreamingQuery run(Dataset<Row> rows, String format, String name)
      throws TimeoutException, StreamingQueryException {
    DataStreamWriter<Row> writer =
        rows.writeStream()
            .format(format)
            .queryName(name)
            .outputMode(OutputMode.Append())
            .trigger(Trigger.AvailableNow());
    Spark.with(writer, "checkpointLocation", file("checkpoint"));
    if (format.equals("cassandra")) {
      Spark.with(writer, "keyspace", "enriched");
      Spark.with(writer, "table", name);
    }
    StreamingQuery query = writer.start();
    query.awaitTermination();
    return query;
  }

  @Test
  void writesTheSameTableAfterARestart() throws Exception {
    addFile(0, 100);
    run(stream().leftOuter(), "cassandra", "readings");
    addFile(100, 200);
    // A new query goes on where the checkpoint of the first one says.
    run(stream().leftOuter(), "cassandra", "readings");
    List<Row> written =
        Spark.table("enriched", "readings").select("id", "device", "at", "place").collectAsList();
    assertThat(written)
        .containsExactlyInAnyOrderElementsOf(
            readings(0, 200)
                .selectExpr(
                    "id",
                    "device",
                    "at",
                    "CASE WHEN device < 5 THEN concat('place ', device) END AS place")
                .collectAsList());
  }

  @Test
  void keepsTheWatermark() throws Exception {
    addFile(0, 60);
    // Without a watermark Spark refuses to aggregate in this mode.
    Dataset<Row> windows =
        stream()
            .inner()
            .groupBy(window(col("at"), "10 seconds"), col("place"))
            .count()
            .selectExpr("cast(window.start AS bigint) AS start", "place", "count");
    StreamingQuery query = run(windows, "memory", "windows");
    assertThat(query.lastProgress().eventTime()).containsKey("watermark");
    // The last windows end after the watermark, 54 seconds.
    assertThat(Spark.SESSION.sql("SELECT sum(count), max(start) FROM windows").first())
        .hasToString("[42,40]");
  }
}
