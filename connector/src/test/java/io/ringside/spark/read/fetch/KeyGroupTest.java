// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.types.vector.RowsEncoder;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyGroupTest {
  /**
   * Partitions of as many rows as their key says, in pages of ten. In answers for several the key
   * comes behind the value.
   */
  private static CompletionStage<Answer> pageOfSeveral(PageRequest request) {
    if (!(request.target() instanceof ScanTarget.OfPartitions several)) {
      return KeyLookupsTest.page(request, request.target().token().intValueExact());
    }
    RowsEncoder content = new RowsEncoder(2);
    int rows = 0;
    for (ScanTarget.OfPartition partition : several.partitions()) {
      for (int n = 0; n < partition.token().intValueExact(); n++) {
        if (rows++ < KeyLookupsTest.PAGE_ROWS) {
          ByteBuffer value = ByteBuffer.allocate(4).putInt(0, n);
          content.add(new ByteBuffer[] {value, partition.key().get(0).buffer()});
        }
      }
    }
    ByteBuffer state = rows > KeyLookupsTest.PAGE_ROWS ? ByteBuffer.allocate(4) : null;
    return CompletableFuture.completedFuture(new Answer(content.take(), 100, state, true));
  }

  private static ScriptedSource several() {
    return new ScriptedSource(0, 1).otherwise(KeyGroupTest::pageOfSeveral);
  }

  private static List<KeyLookup> add(KeyLookups lookups, int... keys) {
    return IntStream.of(keys).mapToObj(key -> lookups.add(KeyLookupsTest.key(key))).toList();
  }

  private static List<List<Integer>> all(KeyLookups lookups, List<KeyLookup> keys) {
    return keys.stream().map(key -> KeyLookupsTest.rest(lookups, key)).toList();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static List<Integer> keysOf(List<PageRequest> requests) {
    return requests.stream()
        .map(
            request ->
                request.target() instanceof ScanTarget.OfPartitions several
                    ? several.partitions().size()
                    : 1)
        .toList();
  }

  private static KeyLookups lookups(ScriptedSource source, int inFlight) {
    return KeyLookupsTest.lookups(source, inFlight, 1 << 20, 1);
  }

  @Test
  void asksForKeysOfOneOwnerTogether() {
    ScriptedSource source = several();
    KeyLookups lookups = lookups(source, 8);
    List<KeyLookup> keys = add(lookups, 1, 2, 0, 3, 1);
    lookups.advance();
    // The fifth may be joined by others.
    assertThat(keysOf(source.requests())).containsExactly(4);
    lookups.advance();
    assertThat(all(lookups, keys.subList(0, 4)))
        .containsExactly(upTo(1), upTo(2), upTo(0), upTo(3));
    assertThat(keysOf(source.requests())).containsExactly(4);
    assertThat(KeyLookupsTest.rest(lookups, keys.get(4))).isEqualTo(upTo(1));
    assertThat(keysOf(source.requests())).containsExactly(4, 1);
    assertThat(lookups.hasRoom()).isTrue();
  }

  @Test
  void asksEachOwnerForItsKeys() {
    ScriptedSource source = several();
    KeyLookups lookups = lookups(source, 8);
    List<KeyLookup> ofTwo = new ArrayList<>();
    for (int key = 1; key <= 6; key++) {
      source.ownedBy(key % 2 == 0 ? ScriptedSource.A : ScriptedSource.B);
      ofTwo.add(lookups.add(KeyLookupsTest.key(key)));
    }
    lookups.advance();
    assertThat(source.requests()).isEmpty();
    lookups.await(ofTwo.get(0));
    assertThat(keysOf(source.requests())).containsExactly(3, 3);
    assertThat(source.requests().stream().map(request -> request.target().token().intValue()))
        .containsExactly(1, 2);
    assertThat(all(lookups, ofTwo)).allSatisfy(rows -> assertThat(rows).isNotEmpty());
  }

  @Test
  void asksOneByOneForKeysThatDoNotFitInOnePage() {
    ScriptedSource source = several();
    KeyLookups lookups = lookups(source, 8);
    List<KeyLookup> keys = add(lookups, 4, 5, 25, 6);
    assertThat(all(lookups, keys)).containsExactly(upTo(4), upTo(5), upTo(25), upTo(6));
    // The first two were whole; three pages of the third and one of the fourth came after them.
    assertThat(keysOf(source.requests())).containsExactly(4, 1, 1, 1, 1);
    keys.forEach(lookups::release);
    assertThat(lookups.hasRoom()).isTrue();
  }

  @Test
  void asksOneByOneForKeysThatFailTogether() {
    ScriptedSource source =
        several().thenFails(new IllegalStateException("Guardrail partition_keys_in_select"));
    KeyLookups lookups = lookups(source, 8);
    List<KeyLookup> keys = add(lookups, 1, 2, 3, 4);
    assertThat(all(lookups, keys)).containsExactly(upTo(1), upTo(2), upTo(3), upTo(4));
    assertThat(keysOf(source.requests())).containsExactly(4, 1, 1, 1, 1);
  }

  @Test
  void asksForWhatIsAwaitedThoughAllPlacesAreTaken() {
    ScriptedSource source =
        new ScriptedSource(0, 1).otherwise(request -> new CompletableFuture<Answer>());
    KeyLookups lookups = lookups(source, 1);
    List<KeyLookup> keys = add(lookups, 1, 2, 3, 4, 5, 6);
    lookups.advance();
    assertThat(keysOf(source.requests())).containsExactly(4);
    lookups.await(keys.get(5));
    assertThat(keysOf(source.requests())).containsExactly(4, 2);
  }

  @Test
  void asksOneByOneWhereMostKeysTurnOutNotToFit() {
    ScriptedSource source = several();
    KeyLookups lookups = lookups(source, 8);
    for (int i = 0; i < 40; i++) {
      List<KeyLookup> keys = add(lookups, 11, 12, 13, 14);
      assertThat(all(lookups, keys)).containsExactly(upTo(11), upTo(12), upTo(13), upTo(14));
      keys.forEach(lookups::release);
    }
    assertThat(keysOf(source.requests()).stream().filter(keys -> keys > 1).count())
        .isBetween(33L, 38L);
  }

  @Test
  void refusesTheRowsOfAKeyThatNobodyAskedFor() {
    ScriptedSource source =
        several()
            .then(
                request -> {
                  RowsEncoder content = new RowsEncoder(2);
                  ByteBuffer four = ByteBuffer.allocate(4);
                  content.add(new ByteBuffer[] {four, four});
                  return CompletableFuture.completedFuture(
                      new Answer(content.take(), 100, null, true));
                });
    KeyLookups lookups = lookups(source, 8);
    List<KeyLookup> keys = add(lookups, 1, 2, 3, 4);
    assertThatThrownBy(() -> all(lookups, keys)).isInstanceOf(UnreadableRowsException.class);
  }
}
