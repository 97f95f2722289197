// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.ring.RingRange;
import io.ringside.spark.types.vector.RowsEncoder;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table for tests of {@link TargetScan}, without a server: row {@code n} is the partition at
 * token {@code n}, and its only cell is {@code n}. What a request gets is said by a script; by
 * default it gets its page at once.
 */
final class ScriptedSource implements PageSource {
  static final Owner A = new Owner(new UUID(0, 1), "a");
  static final Owner B = new Owner(new UUID(0, 2), "b");
  static final Owner C = new Owner(new UUID(0, 3), "c");

  private static final int HEADER_BYTES = 10;

  private final int rows;
  private final int rowBytes;
  private final List<PageRequest> requests = new ArrayList<>();
  private final List<Owner> avoided = new ArrayList<>();
  private final PageTimes times = new PageTimes();
  private final Deque<Function<PageRequest, @Nullable CompletionStage<Answer>>> script =
      new ArrayDeque<>();
  private Function<PageRequest, @Nullable CompletionStage<Answer>> always = request -> null;
  private List<Owner> owners = List.of(A);

  /**
   * A table of rows at the tokens from 1 on.
   *
   * @param rowBytes what each row adds to an answer's bytes
   */
  ScriptedSource(int rows, int rowBytes) {
    this.rows = rows;
    this.rowBytes = rowBytes;
  }

  ScriptedSource ownedBy(Owner... nodes) {
    owners = List.of(nodes);
    return this;
  }

  /** The next request gets this; null stands for its page. */
  ScriptedSource then(Function<PageRequest, @Nullable CompletionStage<Answer>> answer) {
    script.add(answer);
    return this;
  }

  ScriptedSource thenFails(Throwable failure) {
    return then(request -> CompletableFuture.failedFuture(failure));
  }

  /** All requests that the script says nothing of get this; null stands for their page. */
  ScriptedSource otherwise(Function<PageRequest, @Nullable CompletionStage<Answer>> answer) {
    always = answer;
    return this;
  }

  List<PageRequest> requests() {
    return requests;
  }

  List<Integer> rowsAsked() {
    return requests.stream().map(PageRequest::rows).toList();
  }

  List<@Nullable Owner> nodesAsked() {
    List<@Nullable Owner> nodes = new ArrayList<>();
    requests.forEach(request -> nodes.add(request.coordinator()));
    return nodes;
  }

  @Override
  public PageTimes times() {
    return times;
  }

  List<Owner> avoided() {
    return avoided;
  }

  /** The tokens from {@code from} (exclusive) to {@code to} (inclusive). */
  static ScanTarget range(long from, long to) {
    return new ScanTarget.OfRange(new RingRange(BigInteger.valueOf(from), BigInteger.valueOf(to)));
  }

  @Override
  public CompletionStage<Answer> request(PageRequest request) {
    requests.add(request);
    Function<PageRequest, @Nullable CompletionStage<Answer>> step = script.poll();
    CompletionStage<Answer> scripted = (step == null ? always : step).apply(request);
    return scripted == null ? CompletableFuture.completedFuture(page(request)) : scripted;
  }

  /** What the request asks for. */
  Answer page(PageRequest request) {
    int last = rows;
    int first = 1;
    if (request.target() instanceof ScanTarget.OfRange range) {
      first = Math.max(first, range.range().start().intValueExact() + 1);
      last = Math.min(last, range.range().end().intValueExact());
    } else {
      last = first = request.target().token().intValueExact();
    }
    if (request.pagingState() != null) {
      first = request.pagingState().getInt(0);
    }
    RowsEncoder content = new RowsEncoder(1);
    int count = 0;
    int next = first;
    for (; next <= last && count < request.rows(); next++) {
      content.add(new ByteBuffer[] {ByteBuffer.allocate(4).putInt(0, next)});
      count++;
    }
    ByteBuffer state = next > last ? null : ByteBuffer.allocate(4).putInt(0, next);
    return new Answer(content.take(), HEADER_BYTES + (long) count * rowBytes, state, true);
  }

  @Override
  public List<Owner> ownersOf(ScanTarget target) {
    return owners;
  }

  @Override
  public void avoid(Owner node) {
    avoided.add(node);
  }
}
