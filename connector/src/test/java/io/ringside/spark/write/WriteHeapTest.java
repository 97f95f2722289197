// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.HeapFigures;
import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.PreparedTexts;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.SilentCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a writing task holds in memory at most, with the default buffer and as many requests as it
 * may have: batches that wait for more rows, and requests that a cluster does not answer. The
 * figures are those of docs/operating.md.
 */
class WriteHeapTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long BUFFER_BYTES = 24 * MEGABYTE;
  private static final long MOST_HEAP_BYTES = 2 * 2 * BUFFER_BYTES + 32 * MEGABYTE;
  private static final long NANOS_OF_QUIET = 500_000_000;

  /**
   * Rows that a task writes.
   *
   * @param name as the document has it
   * @param schema of the data, in Spark's DDL
   * @param options besides the number of requests
   * @param rows the row of each number, from 0
   */
  private record Rows(
      String name,
      TableSpec table,
      String schema,
      Map<String, String> options,
      IntFunction<InternalRow> rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Rows> all() {
    return Stream.of(
        tinyCells(),
        timedCells(),
        ordinaryRows(),
        blobs(),
        inTurn(
            "an `int` and a `text` of 100 bytes, of 10,000 partitions in turn",
            10_000,
            100,
            Map.of()),
        inTurn(
            "a `text` of 3 KB, of 1,000 partitions in turn, with `write.batch-bytes` of 64 KB",
            1_000,
            3 << 10,
            Map.of("write.batch-bytes", "64k")));
  }

  private static Rows tinyCells() {
    return new Rows(
        "300 `tinyint` columns",
        Tables.of("ks.t").key("k int").regular(columns(300, "v%d tinyint")).build(),
        "k int, " + String.join(", ", columns(300, "v%d tinyint")),
        Map.of(),
        i -> {
          Object[] cells = new Object[301];
          cells[0] = i;
          for (int c = 1; c <= 300; c++) {
            cells[c] = (byte) c;
          }
          return new GenericInternalRow(cells);
        });
  }

  private static Rows timedCells() {
    return new Rows(
        "200 `int` columns, each cell with a write time of its own",
        Tables.of("ks.t").key("k int").regular(columns(200, "v%d int")).build(),
        "k int, "
            + IntStream.range(0, 200)
                .mapToObj(i -> "v%d int, _writetime_v%d bigint, _ttl_v%d int".formatted(i, i, i))
                .collect(Collectors.joining(", ")),
        Map.of("write.cell-metadata", "true"),
        i -> {
          Object[] cells = new Object[601];
          cells[0] = i;
          for (int c = 0; c < 200; c++) {
            cells[1 + 3 * c] = c;
            cells[2 + 3 * c] = 1_000L + c;
          }
          return new GenericInternalRow(cells);
        });
  }

  private static Rows ordinaryRows() {
    return new Rows(
        "8 `bigint` columns",
        Tables.of("ks.t").key("k int").regular(columns(8, "v%d bigint")).build(),
        "k int, " + String.join(", ", columns(8, "v%d bigint")),
        Map.of(),
        i -> new GenericInternalRow(new Object[] {i, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L}));
  }

  private static Rows blobs() {
    return new Rows(
        "a `blob` of 64 KB",
        Tables.of("ks.t").key("k int").regular("body blob").build(),
        "k int, body binary",
        Map.of(),
        i -> new GenericInternalRow(new Object[] {i, new byte[64 << 10]}));
  }

  /** Rows of these partitions, one of each at a time. */
  private static Rows inTurn(
      String name, int partitions, int textBytes, Map<String, String> options) {
    return new Rows(
        name,
        Tables.of("ks.t").key("k int").clustering("n int").regular("v int", "w text").build(),
        "k int, n int, v int, w string",
        options,
        i ->
            new GenericInternalRow(
                new Object[] {
                  i % partitions, i / partitions, i, UTF8String.fromString("x".repeat(textBytes))
                }));
  }

  private static String[] columns(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).toArray(String[]::new);
  }

  private static long heapHeld(Rows rows) throws InterruptedException {
    Map<String, String> options = new HashMap<>(rows.options());
    options.put("write.in-flight", "1024");
    MutationPlan plan = Plans.of(rows.table(), rows.schema(), options);
    assertThat(plan.job().send().write().send().bufferBytes()).isEqualTo(BUFFER_BYTES);
    RowToMutation binder = plan.binder(PreparedTexts.of(rows.table()));
    MutationSender sender = new SilentCluster().sender(plan.job().send());
    long before = settledHeap();
    AtomicLong written = new AtomicLong();
    Thread task =
        new Thread(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  sender.add(Objects.requireNonNull(binder.of(rows.rows().apply(i))));
                  written.incrementAndGet();
                }
              } catch (RuntimeException expected) {
                assertThat(expected).hasMessageContaining("killed the task");
              }
            });
    task.start();
    awaitQuiet(task, written);
    long held = liveHeap() - before;
    task.interrupt();
    task.join();
    assertThat(written.get()).isPositive();
    return held;
  }

  private static void awaitQuiet(Thread task, AtomicLong written) {
    long last = -1;
    long since = System.nanoTime();
    while (last <= 0
        || System.nanoTime() - since < NANOS_OF_QUIET
        || task.getState() != Thread.State.TIMED_WAITING) {
      long now = written.get();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      }
      Thread.onSpinWait();
    }
  }

  private static long liveHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The live heap when nothing more of earlier tests is let go. */
  private static long settledHeap() {
    long before = Long.MAX_VALUE;
    long least = liveHeap();
    while (before - least > MEGABYTE / 4) {
      before = least;
      least = Math.min(least, liveHeap());
    }
    return least;
  }

  @ParameterizedTest
  @MethodSource("all")
  void holdsNoMoreThanTheDocumentSays(Rows rows) throws IOException, InterruptedException {
    long held = heapHeld(rows);
    System.out.printf("WRITE HEAP %s: %.1f MB%n", rows.name(), held / (double) MEGABYTE);
    HeapFigures.read("heap of a writing task").check(rows.name(), held, MOST_HEAP_BYTES);
  }

  @Test
  void documentHasFiguresOfTheseRowsAlone() throws IOException {
    assertThat(HeapFigures.read("heap of a writing task").names())
        .containsExactlyElementsOf(all().map(Rows::name).toList());
  }
}
