// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of many events of few keys: each row is the last event of its key, whole. */
@Tag("matrix")
class LastEventsIT {
  private static final String KS = "last_events";
  private static final int FILES = 4;
  private static final int EVENTS_OF_FILE = 25_000;
  private static final int KEYS_OF_FILE = 250;

  /** The event at which a task fails, in the middle of its file. */
  private static final int LAST_STRAW = 15_000;

  private static final AtomicBoolean ARMED = new AtomicBoolean();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE last_events.device (id int PRIMARY KEY, up int, down int, n int)");
    Spark.SESSION
        .udf()
        .register("straw", (UDF1<Integer, Integer>) LastEventsIT::straw, DataTypes.IntegerType);
  }

  private static Integer straw(Integer event) {
    if (ARMED.get() && event == LAST_STRAW) {
      Cassandra.await("rows of the epoch are written", () -> !table().isEmpty());
      throw new IllegalStateException("the last straw");
    }
    return event;
  }

  /** The cells of each row. */
  private static Map<Integer, String> table() {
    Map<Integer, String> found = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT id, up, down, n FROM last_events.device")) {
      found.put(row.getInt(0), row.getInt(1) + " " + row.getInt(2) + " " + row.getInt(3));
    }
    return found;
  }

  /** Writes the events and tells what the table should hold. */
  private Map<Integer, String> arrive() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    Map<Integer, String> last = new TreeMap<>();
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int event = 0; event < EVENTS_OF_FILE; event++) {
        int key = file * KEYS_OF_FILE + event * 7919 % KEYS_OF_FILE;
        int up = event * 31 % 1009;
        int down = 1009 - up;
        text.append(key).append(' ').append(up).append(' ').append(down).append(' ');
        text.append(event).append('\n');
        last.put(key, up + " " + down + " " + event);
      }
      Files.writeString(input.resolve(file + ".txt"), text.toString());
    }
    return last;
  }

  private StreamingQuery start() throws Exception {
    DataStreamWriter<org.apache.spark.sql.Row> writer =
        Spark.SESSION
            .readStream()
            .format("text")
            .load(folder.resolve("input").toString())
            .selectExpr("split(value, ' ') AS f")
            .selectExpr(
                "cast(f[0] AS int) AS id",
                "cast(f[1] AS int) AS up",
                "cast(f[2] AS int) AS down",
                "straw(cast(f[3] AS int)) AS n")
            .writeStream()
            .format("cassandra")
            .outputMode("append");
    Spark.with(writer, "keyspace", KS);
    Spark.with(writer, "table", "device");
    Spark.with(writer, "checkpointLocation", folder.resolve("checkpoint").toString());
    return writer.start();
  }

  @Test
  void keepsTheLastEventOfEachKeyAlsoWhenATaskFailsInTheMiddleAndIsRepeated() throws Exception {
    Map<Integer, String> last = arrive();
    ARMED.set(true);
    StreamingQuery failing = start();
    assertThatThrownBy(failing::processAllAvailable).hasStackTraceContaining("the last straw");

    ARMED.set(false);
    StreamingQuery again = start();
    try {
      again.processAllAvailable();
      assertThat(again.lastProgress().numInputRows()).isEqualTo(FILES * EVENTS_OF_FILE);
    } finally {
      again.stop();
    }
    assertThat(table()).isEqualTo(last);
  }
}
