// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.predicate.Comparison.Operator;
import io.ringside.spark.ring.RingRange;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.types.DataTypes;

class TokenBoundsTest {
  private static Comparison comparison(Operator operator, Long... tokens) {
    return new Comparison("_token", operator, List.of((Object[]) tokens), DataTypes.LongType);
  }

  @Provide
  Arbitrary<Long> tokens() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(-5, 5),
        Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE));
  }

  @Provide
  Arbitrary<Comparison> comparisons() {
    Arbitrary<Comparison> bounds =
        Combinators.combine(
                Arbitraries.of(
                    Operator.LESS,
                    Operator.LESS_OR_EQUAL,
                    Operator.GREATER,
                    Operator.GREATER_OR_EQUAL),
                tokens())
            .as((operator, token) -> comparison(operator, token));
    Arbitrary<Comparison> values =
        tokens()
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(any -> comparison(Operator.EQUAL, any.toArray(Long[]::new)));
    return Arbitraries.oneOf(bounds, values);
  }

  private static boolean holds(Comparison comparison, long token) {
    return switch (comparison.operator()) {
      case EQUAL -> comparison.values().contains(token);
      case LESS -> token < (Long) comparison.values().get(0);
      case LESS_OR_EQUAL -> token <= (Long) comparison.values().get(0);
      case GREATER -> token > (Long) comparison.values().get(0);
      case GREATER_OR_EQUAL -> token >= (Long) comparison.values().get(0);
      case NOT_NULL -> true;
    };
  }

  @Property
  void holdsForTheSameTokensAsTheComparisons(
      @ForAll("lists") List<Comparison> all, @ForAll("tokens") long token) {
    TokenBounds bounds = new TokenBounds();
    all.forEach(comparison -> assertThat(bounds.add(comparison)).isTrue());
    List<RingRange> ranges = bounds.ranges();
    boolean within =
        ranges == null
            || ranges.stream().anyMatch(range -> range.contains(BigInteger.valueOf(token)));
    // No key has the least token of the ring.
    boolean expected =
        token != Long.MIN_VALUE && all.stream().allMatch(comparison -> holds(comparison, token));
    assertThat(within && token != Long.MIN_VALUE).isEqualTo(expected);
    if (bounds.isContradictory()) {
      assertThat(expected).isFalse();
    }
  }

  @Provide
  Arbitrary<List<Comparison>> lists() {
    return comparisons().list().ofMaxSize(4);
  }

  @Example
  void leavesOtherTypesToSpark() {
    TokenBounds bounds = new TokenBounds();
    assertThat(
            bounds.add(new Comparison("_token", Operator.EQUAL, List.of(1), DataTypes.IntegerType)))
        .isFalse();
    assertThat(bounds.ranges()).isNull();
  }
}
