// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.PreparedTexts;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.send.MutationSender;
import io.ringside.spark.write.send.SilentCluster;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

/**
 * What a writing task holds in memory at most: batches that wait for more rows, and requests that a
 * cluster does not answer. The figures are those of docs/operating.md.
 */
class WriteHeapTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long BUFFER_BYTES = 8 * MEGABYTE;
  private static final long MOST_HEAP_BYTES = 2 * 2 * BUFFER_BYTES + 32 * MEGABYTE;
  private static final long NANOS_OF_QUIET = 500_000_000;

  private static long heapHeld(
      TableSpec table, String schema, Map<String, String> options, IntFunction<InternalRow> rows)
      throws InterruptedException {
    MutationPlan plan = Plans.of(table, schema, options);
    RowToMutation binder = plan.binder(PreparedTexts.of(table));
    MutationSender sender = new SilentCluster().sender(plan.job().send());
    long before = liveHeap();
    AtomicLong written = new AtomicLong();
    Thread task =
        new Thread(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  sender.add(Objects.requireNonNull(binder.of(rows.apply(i))));
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

  private static void check(String what, long held) {
    System.out.printf("WRITE HEAP %s: %.1f MB%n", what, held / (double) MEGABYTE);
    assertThat(held).as(what).isLessThan(MOST_HEAP_BYTES);
  }

  private static String[] columns(int count, String form) {
    return IntStream.range(0, count)
        .mapToObj(i -> form.formatted(i, i, i, i))
        .toArray(String[]::new);
  }

  @Test
  void boundsTheMemoryOfManySmallCells() throws InterruptedException {
    TableSpec table = Tables.of("ks.t").key("k int").regular(columns(300, "v%d tinyint")).build();
    String schema = "k int, " + String.join(", ", columns(300, "v%d tinyint"));
    check(
        "300 tinyint columns",
        heapHeld(
            table,
            schema,
            Map.of("write.buffer-size", "8m"),
            i -> {
              Object[] cells = new Object[301];
              cells[0] = i;
              for (int c = 1; c <= 300; c++) {
                cells[c] = (byte) c;
              }
              return new GenericInternalRow(cells);
            }));
  }

  @Test
  void boundsTheMemoryOfCellsWithTimesOfTheirOwn() throws InterruptedException {
    TableSpec table = Tables.of("ks.t").key("k int").regular(columns(200, "v%d int")).build();
    String schema =
        "k int, "
            + IntStream.range(0, 200)
                .mapToObj(i -> "v%d int, _writetime_v%d bigint, _ttl_v%d int".formatted(i, i, i))
                .collect(Collectors.joining(", "));
    check(
        "200 int columns, each with its own write time",
        heapHeld(
            table,
            schema,
            Map.of("write.buffer-size", "8m", "write.cell-metadata", "true"),
            i -> {
              Object[] cells = new Object[601];
              cells[0] = i;
              for (int c = 0; c < 200; c++) {
                cells[1 + 3 * c] = c;
                cells[2 + 3 * c] = 1_000L + c;
              }
              return new GenericInternalRow(cells);
            }));
  }

  @Test
  void boundsTheMemoryOfOrdinaryRows() throws InterruptedException {
    TableSpec table = Tables.of("ks.t").key("k int").regular(columns(8, "v%d bigint")).build();
    String schema = "k int, " + String.join(", ", columns(8, "v%d bigint"));
    check(
        "8 bigint columns",
        heapHeld(
            table,
            schema,
            Map.of("write.buffer-size", "8m"),
            i -> new GenericInternalRow(new Object[] {i, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L})));
  }
}
