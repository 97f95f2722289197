// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.config.SplitConfig;
import io.ringside.spark.config.TokenInterval;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.ring.SimulatedRing;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitPlanTest {
  private static final Partitioner PARTITIONER = Partitioner.MURMUR3;
  private static final double GIB = 1L << 30;

  /** A ring of three nodes with a gigabyte; each key's token is its value. */
  private static final class Facts implements TableFacts {
    private int sizesAsked;

    @Override
    public TableLayout layout() {
      return new TableLayout(PARTITIONER, SimulatedRing.of(3, 4, 1, 1));
    }

    @Override
    public TableSizes sizes() {
      sizesAsked++;
      return new TableSizes(
          RingDensity.uniform(PARTITIONER, GIB), SizeSource.HINT, Map.of(), SizeReport.Bound.NEAR);
    }

    @Override
    public @Nullable TableSizes knownSizes() {
      return null;
    }

    @Override
    public List<BigInteger> tokens(List<List<CqlValue>> keys) {
      return keys.stream().map(key -> BigInteger.valueOf(key.get(0).buffer().getLong(0))).toList();
    }
  }

  private static SplitConfig config(TokenInterval... ranges) {
    return new SplitConfig(64 << 20, 2 << 20, 1, 1000, null, List.of(ranges));
  }

  private static final TokenInterval FIRST_HUNDRED =
      new TokenInterval(BigInteger.ZERO, BigInteger.valueOf(100));

  private final Facts facts = new Facts();

  private SplitPlan plan(Pushdown pushdown, SplitConfig config, ScanForm form) {
    return new SplitPlan(new SplitRequest(pushdown, config, form), facts, () -> 2);
  }

  private static Pushdown nothing() {
    return Pushdown.NONE.by(new Access.Nothing());
  }

  private static Pushdown key(long value) {
    CqlValue key = new CqlValue(ByteBuffer.allocate(8).putLong(0, value));
    return Pushdown.NONE.by(new Access.Keys(List.of(List.of(key)), null));
  }

  private static Pushdown tokens(long start, long end) {
    RingRange range = new RingRange(BigInteger.valueOf(start), BigInteger.valueOf(end));
    return Pushdown.NONE.by(new Access.Ring(List.of(range)));
  }

  @Test
  void makesItsSplitsOnce() {
    SplitPlan plan = plan(Pushdown.NONE, config(), ScanForm.ROWS);
    assertThat(plan.splits()).hasSizeBetween(16, 17).isSameAs(plan.splits());
    assertThat(facts.sizesAsked).isEqualTo(1);
  }

  @Test
  void asksForNoSizesToLookUpKeys() {
    assertThat(plan(key(5), config(), ScanForm.ROWS).splits())
        .singleElement()
        .isInstanceOf(KeySplit.class);
    assertThat(facts.sizesAsked).isZero();
  }

  @Test
  void readsNothingWhereNoRowCanMatch() {
    assertThat(plan(nothing(), config(), ScanForm.ROWS).splits()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ScanForm.class,
      names = {"PARTS_OF_AGGREGATE", "ONE_COUNT"})
  void answersAnAggregateOfNothing(ScanForm form) {
    assertThat(plan(nothing(), config(), form).splits()).containsExactly(new NeutralSplit());
  }

  @ParameterizedTest
  @EnumSource(
      value = ScanForm.class,
      names = {"PARTS_OF_AGGREGATE", "ONE_COUNT"})
  void answersAnAggregateOfTokensOutsideOfTheRanges(ScanForm form) {
    SplitConfig config = config(FIRST_HUNDRED);
    assertThat(plan(tokens(100, 200), config, form).splits()).containsExactly(new NeutralSplit());
  }

  @Test
  void answersAnAggregateOfKeysOutsideOfTheRanges() {
    SplitConfig config = config(FIRST_HUNDRED);
    assertThat(plan(key(101), config, ScanForm.PARTS_OF_AGGREGATE).splits())
        .containsExactly(new NeutralSplit());
  }

  @Test
  void givesACountToOneTask() {
    assertThat(plan(Pushdown.NONE, config(), ScanForm.ONE_COUNT).splits())
        .singleElement()
        .isInstanceOf(CountSplit.class)
        .satisfies(split -> assertThat(split.replicas()).isEmpty());
  }
}
