// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams into Cassandra, and what is there when a query fails in an epoch and starts again. */
@Tag("matrix")
class StreamingIT {
  private static final String KS = "streaming";

  /** Whether the task that writes the word "fuse" fails. */
  private static final AtomicBoolean ARMED = new AtomicBoolean();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace(KS);
    for (String table : new String[] {"socket", "files", "appended", "deleted", "complete"}) {
      Cassandra.cql(
          "CREATE TABLE streaming." + table + " (word text PRIMARY KEY, n bigint, note text)");
    }
    Spark.SESSION
        .udf()
        .register("fuse", (UDF2<String, Long, Long>) StreamingIT::fuse, DataTypes.LongType);
  }

  /** Lets an epoch fail when other tasks of it have already written. */
  private static Long fuse(String word, Long n) {
    if (ARMED.get() && word.equals("fuse")) {
      Cassandra.await("another task has written", () -> !written().isEmpty());
      throw new IllegalStateException("the fuse is blown");
    }
    return n;
  }

  /** The words of the epoch that fails which are in the table. */
  private static List<String> written() {
    return counts("files").keySet().stream().filter(word -> word.startsWith("other")).toList();
  }

  private static Map<String, Long> counts(String table) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT word, n FROM streaming." + table)) {
      counts.put(String.valueOf(row.getString(0)), row.getLong(1));
    }
    return counts;
  }

  private static long writeTime(String table, String word) {
    Row row =
        Cassandra.cql("SELECT writetime(n) FROM streaming." + table + " WHERE word = ?", word)
            .one();
    return row == null ? 0 : row.getLong(0);
  }

  private static Dataset<org.apache.spark.sql.Row> words(Dataset<org.apache.spark.sql.Row> lines) {
    return lines.selectExpr("explode(split(value, ' ')) AS word");
  }

  private DataStreamWriter<org.apache.spark.sql.Row> into(
      String table, String mode, Dataset<org.apache.spark.sql.Row> rows) {
    DataStreamWriter<org.apache.spark.sql.Row> writer =
        rows.writeStream().format("cassandra").outputMode(mode);
    Spark.with(writer, "keyspace", KS);
    Spark.with(writer, "table", table);
    return Spark.with(
        writer, "checkpointLocation", folder.resolve("checkpoint-" + table).toString());
  }

  private Dataset<org.apache.spark.sql.Row> files() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    return Spark.SESSION
        .readStream()
        .format("text")
        .option("maxFilesPerTrigger", "1")
        .load(input.toString());
  }

  /** A file of a stream appears whole. */
  private void arrive(String name, String text) throws IOException {
    Path written = Files.writeString(folder.resolve(name), text);
    Files.move(written, Files.createDirectories(folder.resolve("input")).resolve(name));
  }

  @Test
  void countsTheWordsOfASocket() throws IOException, TimeoutException, StreamingQueryException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Dataset<org.apache.spark.sql.Row> lines =
          Spark.SESSION
              .readStream()
              .format("socket")
              .option("host", server.getInetAddress().getHostAddress())
              .option("port", server.getLocalPort())
              .load();
      Dataset<org.apache.spark.sql.Row> counts =
          words(lines).groupBy("word").count().withColumnRenamed("count", "n");
      StreamingQuery query = into("socket", "update", counts).start();
      try (Socket client = server.accept();
          Writer out = new OutputStreamWriter(client.getOutputStream(), UTF_8)) {
        out.write("ring token ring\n");
        out.flush();
        Cassandra.await(
            "the first line", () -> counts("socket").equals(Map.of("ring", 2L, "token", 1L)));
        long first = writeTime("socket", "ring");
        long untouched = writeTime("socket", "token");
        out.write("ring side\nside side\n");
        out.flush();
        Cassandra.await(
            "all lines",
            () -> counts("socket").equals(Map.of("ring", 3L, "token", 1L, "side", 3L)));
        assertThat(writeTime("socket", "ring")).isGreaterThan(first);
        assertThat(writeTime("socket", "token")).isEqualTo(untouched);
      } finally {
        query.stop();
      }
      assertThat(query.exception().isDefined()).isFalse();
    }
  }

  @Test
  void anEpochThatFailsHalfwayAndRunsAgainGivesTheSameTable()
      throws IOException, TimeoutException, StreamingQueryException {
    Dataset<org.apache.spark.sql.Row> counts =
        words(files()).groupBy("word").count().selectExpr("word", "fuse(word, count) AS n");
    arrive("1.txt", "a b a\n");
    StreamingQuery query = into("files", "update", counts).start();
    query.processAllAvailable();
    assertThat(counts("files")).containsExactlyInAnyOrderEntriesOf(Map.of("a", 2L, "b", 1L));
    long firstEpoch = writeTime("files", "b");

    ARMED.set(true);
    arrive("2.txt", "fuse a other1 other2 other3 other4 other5 other6 other7\n");
    assertThatThrownBy(query::processAllAvailable).hasStackTraceContaining("the fuse is blown");
    assertThat(counts("files")).doesNotContainKey("fuse");
    String half = written().get(0);
    long failedEpoch = writeTime("files", half);
    assertThat(failedEpoch).isGreaterThan(firstEpoch);

    ARMED.set(false);
    arrive("3.txt", "a c\n");
    StreamingQuery again = into("files", "update", counts).start();
    try {
      again.processAllAvailable();
      Map<String, Long> expected = new TreeMap<>(Map.of("a", 4L, "b", 1L, "c", 1L, "fuse", 1L));
      IntStream.rangeClosed(1, 7).forEach(i -> expected.put("other" + i, 1L));
      assertThat(counts("files")).isEqualTo(expected);
      assertThat(writeTime("files", half)).isGreaterThan(failedEpoch);
      assertThat(writeTime("files", "c")).isGreaterThan(writeTime("files", half));
      assertThat(writeTime("files", "b")).isEqualTo(firstEpoch);
    } finally {
      again.stop();
    }
  }

  @Test
  void appendsToATableOfACatalogAndLeavesOtherColumns()
      throws IOException, TimeoutException, StreamingQueryException {
    Cassandra.cql("INSERT INTO streaming.appended (word, n, note) VALUES ('a', 0, 'kept')");
    Dataset<org.apache.spark.sql.Row> rows = words(files()).selectExpr("word", "1L AS n");
    StreamingQuery query =
        Spark.with(
                rows.writeStream().outputMode("append"),
                "checkpointLocation",
                folder.resolve("checkpoint").toString())
            .toTable("cass.streaming.appended");
    try {
      arrive("1.txt", "a b\n");
      query.processAllAvailable();
      arrive("2.txt", "c\n");
      query.processAllAvailable();
      assertThat(counts("appended")).isEqualTo(Map.of("a", 1L, "b", 1L, "c", 1L));
      assertThat(Cassandra.cql("SELECT note FROM streaming.appended WHERE word = 'a'").all())
          .extracting(row -> row.getString(0))
          .containsExactly("kept");
    } finally {
      query.stop();
    }
  }

  @Test
  void deletesTheKeysOfAStream() throws IOException, TimeoutException, StreamingQueryException {
    for (String word : new String[] {"a", "b", "c"}) {
      Cassandra.cql("INSERT INTO streaming.deleted (word, n) VALUES (?, 1)", word);
    }
    StreamingQuery query =
        Spark.with(into("deleted", "append", words(files())), "write.operation", "delete").start();
    try {
      arrive("1.txt", "a c x\n");
      query.processAllAvailable();
      assertThat(counts("deleted")).isEqualTo(Map.of("b", 1L));
    } finally {
      query.stop();
    }
  }

  @Test
  void replacesTheTableInCompleteMode()
      throws IOException, TimeoutException, StreamingQueryException {
    Cassandra.cql("INSERT INTO streaming.complete (word, n) VALUES ('old', 1)");
    Dataset<org.apache.spark.sql.Row> counts =
        words(files()).groupBy("word").count().withColumnRenamed("count", "n");
    arrive("1.txt", "a b a\n");
    StreamingQuery unconfirmed = into("complete", "complete", counts).start();
    assertThatThrownBy(unconfirmed::processAllAvailable)
        .hasStackTraceContaining("'confirm-truncate' is not true");
    assertThat(counts("complete")).isEqualTo(Map.of("old", 1L));

    StreamingQuery query =
        Spark.with(into("complete", "complete", counts), "confirm-truncate", "true").start();
    try {
      query.processAllAvailable();
      assertThat(counts("complete")).isEqualTo(Map.of("a", 2L, "b", 1L));
      arrive("2.txt", "c b\n");
      query.processAllAvailable();
      assertThat(counts("complete")).isEqualTo(Map.of("a", 2L, "b", 2L, "c", 1L));
    } finally {
      query.stop();
    }
  }
}
