// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static io.ringside.spark.read.fetch.ScriptedSource.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.flow.FailureKind;
import io.ringside.spark.metric.ReadTaskMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TargetScanPropertyTest {
  private static final List<Supplier<Throwable>> FAILURES =
      List.of(
          Failures::timeout,
          Failures::tombstones,
          Failures::tombstones,
          Failures::outOfMemory,
          Failures::unreachable,
          Failures::serverError,
          () -> Failures.invalid("Aborting query for table t, page size 9 exceeds fail threshold"));

  @Property(tries = 60)
  void losesAndDoublesNoRowWhateverFails(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2000) int rows,
      @ForAll @IntRange(min = 1, max = 6) int ranges,
      @ForAll @IntRange(min = 0, max = 20) int failures) {
    Random random = new Random(seed);
    ScriptedSource source =
        new ScriptedSource(rows, 1 + random.nextInt(1 << 16))
            .ownedBy(ScriptedSource.A, ScriptedSource.B, ScriptedSource.C);
    for (int i = 0; i < 2 * failures; i++) {
      if (random.nextBoolean()) {
        Throwable failure = FAILURES.get(random.nextInt(FAILURES.size())).get();
        boolean always = FailureKind.of(failure) != FailureKind.TOO_MUCH;
        source.then(
            request ->
                always || request.rows() > 1 ? CompletableFuture.failedFuture(failure) : null);
      } else {
        source.then(
            request -> {
              CompletableFuture<Answer> later = new CompletableFuture<>();
              later.completeAsync(() -> source.page(request));
              return later;
            });
      }
    }
    TargetScan scan =
        new TargetScan(
            "ks.t",
            targets(rows, ranges),
            source,
            new ScanLimits(3, 1 << 22, 600_000, 0, random.nextBoolean(), true, null),
            PageSizer.ofUnknownRows(new PageBounds(1 << 20, 1 << 23, 1 << 22, 0, 0), 0),
            new ReadTaskMetrics(),
            null);
    assertThat(TargetScanTest.all(scan))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, rows).boxed().toList());
    assertThat(source.requests().size()).isLessThanOrEqualTo(rows + ranges + 4 * failures + 8);
  }

  private static List<ScanTarget> targets(int rows, int ranges) {
    List<ScanTarget> targets = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      int from = rows * i / ranges;
      int to = rows * (i + 1) / ranges;
      if (from < to) {
        targets.add(range(from, to));
      }
    }
    return targets;
  }
}
