// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowsEncoder;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyLookupsTest {
  static final int PAGE_ROWS = 10;

  /** Every partition has these rows, in pages of ten. */
  static CompletionStage<Answer> page(PageRequest request, int rows) {
    int first = request.pagingState() == null ? 0 : request.pagingState().getInt(0);
    RowsEncoder content = new RowsEncoder(1);
    int next = first;
    for (; next < rows && next < first + PAGE_ROWS; next++) {
      content.add(new ByteBuffer[] {ByteBuffer.allocate(4).putInt(0, next)});
    }
    ByteBuffer state = next >= rows ? null : ByteBuffer.allocate(4).putInt(0, next);
    return CompletableFuture.completedFuture(new Answer(content.take(), 100, state, true));
  }

  private static ScriptedSource partitionsOf(int rows) {
    return new ScriptedSource(0, 1).otherwise(request -> page(request, rows));
  }

  private static KeyLookups lookups(ScriptedSource source, int inFlight, long bufferBytes) {
    return lookups(source, inFlight, bufferBytes, KeyLookups.ONE_BY_ONE);
  }

  static KeyLookups lookups(
      ScriptedSource source, int inFlight, long bufferBytes, int keyPosition) {
    return new KeyLookups(
        "ks.t",
        source,
        new ScanLimits(inFlight, bufferBytes, 0, 0, false, false, null),
        keyPosition,
        PageSizer.ofKnownRows(new PageBounds(PAGE_ROWS, 1 << 20, 1 << 30, 0, 0), 1),
        new ReadTaskMetrics(),
        null);
  }

  static ScanTarget.OfPartition key(int key) {
    CqlValue value = new CqlValue(ByteBuffer.allocate(4).putInt(0, key));
    return new ScanTarget.OfPartition(List.of(value), BigInteger.valueOf(key));
  }

  private static void awaitFirstPage(KeyLookups lookups, KeyLookup lookup) {
    while (!lookup.hasArrived()) {
      lookups.await(lookup);
    }
  }

  static List<Integer> rest(KeyLookups lookups, KeyLookup lookup) {
    List<Integer> values = new ArrayList<>();
    for (EncodedRows page = lookups.nextPage(lookup);
        page != null;
        page = lookups.nextPage(lookup)) {
      values.addAll(TargetScanTest.values(page));
    }
    return values;
  }

  @Test
  void asksForFirstPagesAheadAndForOthersWhenTheyAreRead() {
    ScriptedSource source = partitionsOf(95);
    KeyLookups lookups = lookups(source, 8, 1 << 20);
    KeyLookup first = lookups.add(key(1));
    KeyLookup second = lookups.add(key(2));
    KeyLookup third = lookups.add(key(3));
    lookups.advance();
    lookups.advance();
    assertThat(source.requests()).hasSize(3);
    assertThat(rest(lookups, first)).isEqualTo(IntStream.range(0, 95).boxed().toList());
    assertThat(source.requests()).hasSize(3 + 9);
    assertThat(first.isWhole()).isFalse();
    assertThat(rest(lookups, second)).hasSize(95);
    lookups.release(third);
    assertThat(rest(lookups, third)).isEmpty();
  }

  @Test
  void keepsWhatFitsInAPageForEverybody() {
    KeyLookups lookups = lookups(partitionsOf(7), 8, 1 << 20);
    KeyLookup lookup = lookups.add(key(1));
    awaitFirstPage(lookups, lookup);
    assertThat(lookup.isWhole()).isTrue();
    assertThat(lookup.pages()).hasSize(1);
    assertThat(TargetScanTest.values(lookup.pages().get(0))).hasSize(7);
    KeyLookup none = lookups(partitionsOf(0), 8, 1 << 20).add(key(2));
    assertThat(none.isWhole()).isFalse();
  }

  @Test
  void knowsThatThereAreNoRows() {
    KeyLookups lookups = lookups(partitionsOf(0), 8, 1 << 20);
    KeyLookup lookup = lookups.add(key(1));
    awaitFirstPage(lookups, lookup);
    assertThat(lookup.isWhole()).isTrue();
    assertThat(lookup.pages()).isEmpty();
  }

  @Test
  void hasRoomForAsManyKeysAsMayBeAskedForAndAsMuchAsTheBufferHolds() {
    ScriptedSource held =
        new ScriptedSource(0, 1).otherwise(request -> new CompletableFuture<Answer>());
    KeyLookups places = lookups(held, 2, 1 << 20);
    assertThat(places.hasRoom()).isTrue();
    places.add(key(1));
    places.add(key(2));
    places.advance();
    assertThat(places.hasRoom()).isFalse();

    KeyLookups small = lookups(partitionsOf(PAGE_ROWS), 8, 1);
    KeyLookup first = small.add(key(1));
    small.advance();
    small.advance();
    assertThat(small.hasRoom()).isFalse();
    // What is read goes on although the buffer is full.
    KeyLookup second = small.add(key(2));
    assertThat(rest(small, second)).hasSize(PAGE_ROWS);
    small.release(first);
    assertThat(small.hasRoom()).isTrue();
  }

  @Test
  void failsWithTheTableAndTheServersAnswer() {
    ScriptedSource source = partitionsOf(1).thenFails(new IllegalStateException("no such thing"));
    KeyLookups lookups = lookups(source, 8, 1 << 20);
    KeyLookup lookup = lookups.add(key(1));
    assertThatThrownBy(() -> awaitFirstPage(lookups, lookup))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("Cannot read ks.t, partition at token 1: after 1 tries on [a]")
        .hasMessageContaining("no such thing");
  }

  @Test
  void dropsWhatArrivesForNobody() {
    List<Runnable> arrivals = new ArrayList<>();
    ScriptedSource source =
        new ScriptedSource(0, 1)
            .otherwise(
                request -> {
                  CompletableFuture<Answer> answer = new CompletableFuture<>();
                  arrivals.add(
                      () -> answer.complete(page(request, 95).toCompletableFuture().join()));
                  return answer;
                });
    KeyLookups lookups = lookups(source, 8, 1);
    KeyLookup lookup = lookups.add(key(1));
    lookups.advance();
    lookups.release(lookup);
    arrivals.forEach(Runnable::run);
    lookups.advance();
    assertThat(lookups.hasRoom()).isTrue();
    assertThat(source.requests()).hasSize(1);
  }
}
