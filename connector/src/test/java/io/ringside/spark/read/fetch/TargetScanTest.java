// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static io.ringside.spark.read.fetch.ScriptedSource.A;
import static io.ringside.spark.read.fetch.ScriptedSource.B;
import static io.ringside.spark.read.fetch.ScriptedSource.C;
import static io.ringside.spark.read.fetch.ScriptedSource.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TargetScanTest {
  private static final long MB = 1 << 20;
  private static final ScanLimits LIMITS = new ScanLimits(4, 64 * MB, 60_000, 0, false, true, null);
  private static final ScanLimits EVALUATED =
      new ScanLimits(4, 64 * MB, 60_000, 0, true, true, null);

  /** Pages of so many rows. */
  private static PageSizer pagesOf(int rows) {
    return PageSizer.ofKnownRows(new PageBounds(rows, MB, 1 << 30, 0, 0), 1);
  }

  private static TargetScan scan(
      ScriptedSource source, ScanLimits limits, int pageRows, ScanTarget... targets) {
    return scan(source, limits, pageRows, null, targets);
  }

  private static TargetScan scan(
      ScriptedSource source,
      ScanLimits limits,
      int pageRows,
      @Nullable FallBack fallBack,
      ScanTarget... targets) {
    return new TargetScan(
        "ks.t",
        List.of(targets),
        source,
        limits,
        pagesOf(pageRows),
        new ReadTaskMetrics(),
        fallBack);
  }

  static List<Integer> values(EncodedRows page) {
    List<Integer> values = new ArrayList<>();
    RowCursor row = new RowCursor(page);
    while (row.next()) {
      values.add(Objects.requireNonNull(row.cell(0)).getInt(0));
    }
    return values;
  }

  static List<Integer> all(TargetScan scan) {
    List<Integer> values = new ArrayList<>();
    for (EncodedRows page = scan.next(); page != null; page = scan.next()) {
      values.addAll(values(page));
    }
    return values;
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void readsEveryRowOfEveryTargetOnce() {
    ScriptedSource source = new ScriptedSource(100, 1);
    assertThat(all(scan(source, LIMITS, 7, range(0, 30), range(30, 31), range(31, 100))))
        .containsExactlyInAnyOrderElementsOf(upTo(100));
  }

  @Test
  void readsSeveralTargetsAtTheSameTime() {
    ScriptedSource source = new ScriptedSource(3, 1);
    List<Runnable> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      source.then(
          request -> {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            held.add(() -> answer.complete(source.page(request)));
            if (held.size() == 3) {
              held.forEach(Runnable::run);
            }
            return answer;
          });
    }
    assertThat(all(scan(source, LIMITS, 7, range(0, 1), range(1, 2), range(2, 3)))).hasSize(3);
  }

  @Test
  void readsNoMoreTargetsAtATimeThanAllowed() {
    ScriptedSource source = new ScriptedSource(3, 1);
    ScanLimits one = new ScanLimits(1, 64 * MB, 60_000, 0, false, true, null);
    TargetScan scan = scan(source, one, 1, range(0, 3), range(3, 4));
    scan.next();
    scan.next();
    assertThat(source.requests()).extracting(PageRequest::target).containsOnly(range(0, 3));
  }

  @Test
  void asksForTheNextPageBeforeOneIsConsumed() {
    ScriptedSource source = new ScriptedSource(10, 1);
    TargetScan scan = scan(source, LIMITS, 5, range(0, 10));
    scan.next();
    assertThat(source.requests()).hasSize(2);
  }

  @Test
  void keepsTheHeapOfPagesThatWaitWithinTheBuffer() {
    ScriptedSource source = new ScriptedSource(1000, 1);
    long page = new PageBounds(5, MB, MB, 0, 0).heapOf(5, 15);
    ScanLimits small = new ScanLimits(4, 2 * 4096, 60_000, 0, false, true, null);
    TargetScan scan =
        scan(source, small, 5, range(0, 250), range(250, 500), range(500, 750), range(750, 1000));
    IntConsumer readPages = pages -> IntStream.range(0, pages).forEach(i -> scan.next());
    readPages.accept(3);
    assertThat((source.requests().size() - 3) * page).isLessThanOrEqualTo(2 * 4096);
    assertThat(source.requests().size()).isLessThan(3 + 10);
  }

  @Test
  void goesOnWhereOnePageAloneExceedsTheBuffer() {
    ScriptedSource source = new ScriptedSource(100, 1);
    ScanLimits tiny = new ScanLimits(4, 1, 60_000, 0, false, true, null);
    assertThat(all(scan(source, tiny, 10, range(0, 50), range(50, 100)))).hasSize(100);
  }

  @Test
  void continuesFromThePagingStateAtAnotherOwner() {
    ScriptedSource source =
        new ScriptedSource(10, 1)
            .ownedBy(A, B)
            .then(request -> null)
            .thenFails(Failures.unreachable());
    assertThat(all(scan(source, LIMITS, 5, range(0, 10)))).isEqualTo(upTo(10));
    assertThat(source.nodesAsked()).containsExactly(A, A, B);
    assertThat(source.requests().get(2).pagingState())
        .isEqualTo(source.requests().get(1).pagingState());
    assertThat(source.avoided()).containsExactly(A);
  }

  @Test
  void asksAnewWhoOwnsTheTargetAtEachTry() {
    ScriptedSource source = new ScriptedSource(1, 1);
    source.then(
        request -> {
          source.ownedBy(C);
          return CompletableFuture.failedFuture(Failures.unreachable());
        });
    assertThat(all(scan(source, LIMITS, 5, range(0, 1)))).hasSize(1);
    assertThat(source.nodesAsked()).containsExactly(A, C);
  }

  @Test
  void halvesThePageAfterTimeOuts() {
    ScriptedSource source =
        new ScriptedSource(200, 1)
            .ownedBy(A, B)
            .thenFails(Failures.timeout())
            .thenFails(Failures.timeout());
    assertThat(all(scan(source, LIMITS, 100, range(0, 200)))).isEqualTo(upTo(200));
    assertThat(source.rowsAsked()).startsWith(100, 100, 50);
  }

  @Test
  void asksForLessAtOnceWhereTheServerSaysTooMuch() {
    ScriptedSource source =
        new ScriptedSource(200, 1)
            .ownedBy(A, B, C)
            .otherwise(
                request ->
                    request.rows() > 30
                        ? CompletableFuture.failedFuture(Failures.tombstones())
                        : null);
    assertThat(all(scan(source, LIMITS, 100, range(0, 200)))).isEqualTo(upTo(200));
    assertThat(source.rowsAsked()).startsWith(100, 50, 25, 25, 25);
    assertThat(source.avoided()).isEmpty();
  }

  @Test
  void startsOtherTargetsWithWhatAServerCouldAnswer() {
    ScriptedSource source =
        new ScriptedSource(200, 1)
            .otherwise(
                request ->
                    request.rows() > 30
                        ? CompletableFuture.failedFuture(Failures.outOfMemory())
                        : null);
    ScanLimits one = new ScanLimits(1, 64 * MB, 60_000, 0, false, true, null);
    assertThat(all(scan(source, one, 100, range(0, 10), range(10, 20), range(20, 30)))).hasSize(30);
    assertThat(source.rowsAsked()).containsExactly(100, 50, 25, 25, 25);
  }

  @Test
  void cutsTheRangeWhereNothingWasReadAndAFewRowsAreTooMuch() {
    ScriptedSource source =
        new ScriptedSource(8, 1)
            .otherwise(
                request ->
                    request.target().equals(range(0, 8))
                        ? CompletableFuture.failedFuture(Failures.tombstones())
                        : null);
    assertThat(all(scan(source, LIMITS, 32, range(0, 8)))).isEqualTo(upTo(8));
    assertThat(source.requests())
        .extracting(PageRequest::target)
        .containsExactly(range(0, 8), range(0, 4), range(4, 8));
  }

  @Test
  void cutsNoRangeOfWhichAPageHasArrived() {
    ScriptedSource source =
        new ScriptedSource(8, 1).then(request -> null).thenFails(Failures.tombstones());
    assertThat(all(scan(source, LIMITS, 4, range(0, 8)))).isEqualTo(upTo(8));
    assertThat(source.requests()).extracting(PageRequest::target).containsOnly(range(0, 8));
    assertThat(source.rowsAsked()).startsWith(4, 4, 2, 2);
  }

  @Test
  void saysWhatToDoWhereOneRowIsTooMuch() {
    ScriptedSource source =
        new ScriptedSource(1, 1)
            .otherwise(request -> CompletableFuture.failedFuture(Failures.tombstones()));
    assertThatThrownBy(() -> all(scan(source, LIMITS, 4, range(0, 1))))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("Even the smallest request is more than the server allows.");
    assertThat(source.rowsAsked()).containsExactly(4, 2, 1, 1, 1, 1);
  }

  @Test
  void stopsAtTheLimit() {
    ScriptedSource source = new ScriptedSource(100, 1);
    ScanLimits three = new ScanLimits(4, 64 * MB, 60_000, 3, false, true, null);
    assertThat(all(scan(source, three, 5, range(0, 50), range(50, 100)))).hasSize(5);
  }

  @Test
  void dropsWhatArrivesAfterItIsClosed() {
    ScriptedSource source = new ScriptedSource(100, 1);
    List<Runnable> late = new ArrayList<>();
    source
        .then(request -> null)
        .otherwise(
            request -> {
              CompletableFuture<Answer> answer = new CompletableFuture<>();
              late.add(() -> answer.complete(source.page(request)));
              return answer;
            });
    TargetScan scan = scan(source, LIMITS, 5, range(0, 100));
    scan.next();
    scan.close();
    late.forEach(Runnable::run);
    assertThat(late).hasSize(1);
    assertThat(scan.next()).isNull();
    assertThat(source.requests()).hasSize(2);
  }

  @Test
  void endsWhenTheTasksThreadIsInterrupted() {
    ScriptedSource source =
        new ScriptedSource(1, 1).otherwise(request -> new CompletableFuture<>());
    TargetScan scan = scan(source, LIMITS, 5, range(0, 1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(scan::next).isInstanceOf(UncheckedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void triesNothingAgainThatCanNeverSucceed() {
    ScriptedSource source =
        new ScriptedSource(1, 1).ownedBy(A, B).thenFails(Failures.invalid("unconfigured table t"));
    assertThatThrownBy(() -> all(scan(source, LIMITS, 5, range(0, 1))))
        .hasMessageContaining("The table has changed since the query was planned: load it again.");
    assertThat(source.requests()).hasSize(1);
  }

  @Test
  void asksASecondOwnerWhereTheFirstDoesNotAnswer() {
    ScriptedSource source =
        new ScriptedSource(10, 1)
            .ownedBy(A, B)
            .otherwise(
                request -> A.equals(request.coordinator()) ? new CompletableFuture<>() : null);
    assertThat(all(scan(source, LIMITS, 5, range(0, 10)))).isEqualTo(upTo(10));
    assertThat(source.nodesAsked()).startsWith(A, B, B);
    assertThat(source.avoided()).containsExactly(A);
  }

  @Test
  void countsThePageOfASlowOwnerOnce() {
    ScriptedSource source = new ScriptedSource(10, 1).ownedBy(A, B);
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    source
        .then(request -> slow)
        .then(
            request -> {
              slow.complete(source.page(request));
              return null;
            });
    assertThat(all(scan(source, LIMITS, 5, range(0, 10)))).isEqualTo(upTo(10));
  }

  @Test
  void waitsForTheOtherOwnerWhereOneOfTwoFails() {
    ScriptedSource source = new ScriptedSource(5, 1).ownedBy(A, B);
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    source
        .then(request -> slow)
        .then(
            request -> {
              CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                  .execute(() -> slow.complete(source.page(request)));
              return CompletableFuture.failedFuture(Failures.unreachable());
            });
    assertThat(all(scan(source, LIMITS, 5, range(0, 5)))).isEqualTo(upTo(5));
    assertThat(source.requests()).hasSize(2);
  }

  @Test
  void asksNoSecondOwnerWhereItIsSwitchedOff() {
    ScriptedSource source = new ScriptedSource(5, 1).ownedBy(A, B);
    source.then(
        request -> {
          CompletableFuture<Answer> slow = new CompletableFuture<>();
          CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS)
              .execute(() -> slow.complete(source.page(request)));
          return slow;
        });
    ScanLimits unhedged = new ScanLimits(4, 64 * MB, 60_000, 0, false, false, null);
    assertThat(all(scan(source, unhedged, 5, range(0, 5)))).isEqualTo(upTo(5));
    assertThat(source.nodesAsked()).containsExactly(A);
  }

  @Test
  void givesNoPartOfATargetMoreTimeThanTheWhole() {
    ScriptedSource source =
        new ScriptedSource(1, 1)
            .otherwise(request -> CompletableFuture.failedFuture(Failures.timeout()));
    ScanLimits brief = new ScanLimits(4, 64 * MB, 300, 0, true, true, null);
    long start = System.nanoTime();
    assertThatThrownBy(() -> all(scan(source, brief, 5, range(0, 1 << 20))))
        .hasMessageContaining("raise read.retry-time");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  /** One part takes longer than the time to retry, with progress; the other has not begun then. */
  @Test
  void givesAPartThatWaitedForAnotherItsOwnTime() {
    ScriptedSource source = new ScriptedSource(8, 1).ownedBy(A, B);
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    source
        .thenFails(Failures.timeout())
        .thenFails(Failures.timeout())
        .then(
            request -> {
              CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS)
                  .execute(() -> slow.complete(source.page(request)));
              return slow;
            })
        .thenFails(Failures.unreachable());
    ScanLimits brief = new ScanLimits(1, 64 * MB, 300, 0, true, false, null);
    assertThat(all(scan(source, brief, 5, range(0, 8)))).containsExactlyElementsOf(upTo(8));
  }

  /** Doubles each value, so that a test sees who has evaluated a row. */
  private static RowWork doubling() {
    return new RowWork() {
      @Override
      public EncodedRows take(EncodedRows rows) {
        RowsEncoder doubled = new RowsEncoder(1);
        values(rows).forEach(value -> doubled.add(new ByteBuffer[] {cell(2 * value)}));
        return doubled.take();
      }

      @Override
      public @Nullable EncodedRows end() {
        return RowsEncoder.encode(cell(-1));
      }
    };
  }

  private static ByteBuffer cell(int value) {
    return ByteBuffer.allocate(4).putInt(0, value);
  }

  private static boolean isPlanned(PageRequest request) {
    return request.form() == PageRequest.Form.PLANNED;
  }

  @Test
  void evaluatesThePartitionThatAServerCannotEvaluateInTime() {
    ScriptedSource source =
        new ScriptedSource(9, 1)
            .otherwise(
                request ->
                    isPlanned(request) ? CompletableFuture.failedFuture(Failures.timeout()) : null);
    ScanTarget partition = new ScanTarget.OfPartition(List.of(), BigInteger.valueOf(9));
    assertThat(all(scan(source, EVALUATED, 5, TargetScanTest::doubling, partition)))
        .containsExactly(18, -1);
    assertThat(source.requests())
        .extracting(TargetScanTest::isPlanned)
        .containsExactly(true, false);
  }

  @Test
  void evaluatesOnlyThePartsThatAServerCannotEvaluateInTime() {
    ScriptedSource source = new ScriptedSource(16, 1);
    source.otherwise(
        request ->
            isPlanned(request)
                    && (request.target().equals(range(0, 16))
                        || request.target().equals(range(4, 6)))
                ? CompletableFuture.failedFuture(Failures.timeout())
                : null);
    assertThat(all(scan(source, EVALUATED, 5, TargetScanTest::doubling, range(0, 16))))
        .containsExactlyInAnyOrder(1, 2, 3, 4, 10, 12, -1, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  }

  @Test
  void evaluatesRowsWhenTheTimeToRetryIsOver() {
    ScriptedSource source =
        new ScriptedSource(2, 1)
            .otherwise(
                request ->
                    isPlanned(request)
                        ? CompletableFuture.failedFuture(Failures.serverError())
                        : null);
    ScanLimits none = new ScanLimits(4, 64 * MB, 0, 0, true, true, null);
    assertThat(all(scan(source, none, 5, TargetScanTest::doubling, range(0, 2))))
        .containsExactly(2, 4, -1);
  }
}
