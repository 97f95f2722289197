// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.error.ConnectorThrowable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PartitionerTest {
  private static final BigInteger TEN = BigInteger.TEN;
  private static final BigInteger TWO = BigInteger.TWO;

  @Test
  void keepsRangeThatDoesNotWrap() {
    assertThat(Partitioner.MURMUR3.unwrap(TWO, TEN)).containsExactly(RingRange.of(2, 10));
  }

  @Test
  void cutsRangeThatWrapsAtTheEndOfTheRing() {
    assertThat(Partitioner.MURMUR3.unwrap(TEN, TWO))
        .containsExactly(RingRange.of(10, Long.MAX_VALUE), RingRange.of(Long.MIN_VALUE, 2));
  }

  @Test
  void takesEqualBoundsAsTheWholeRing() {
    assertThat(Partitioner.MURMUR3.unwrap(TEN, TEN))
        .containsExactly(RingRange.of(10, Long.MAX_VALUE), RingRange.of(Long.MIN_VALUE, 10));
    BigInteger minimum = Partitioner.MURMUR3.minimum();
    assertThat(Partitioner.MURMUR3.unwrap(minimum, minimum))
        .containsExactly(Partitioner.MURMUR3.fullRing());
  }

  @Test
  void takesTheMinimumAsEndForTheEndOfTheRing() {
    assertThat(Partitioner.MURMUR3.unwrap(TEN, Partitioner.MURMUR3.minimum()))
        .containsExactly(RingRange.of(10, Long.MAX_VALUE));
  }

  @Test
  void makesNoEmptyPartWhereTheWrapStartsAtTheLastToken() {
    assertThat(Partitioner.MURMUR3.unwrap(Partitioner.MURMUR3.maximum(), TWO))
        .containsExactly(RingRange.of(Long.MIN_VALUE, 2));
  }

  @Test
  void encodesTokensAsBigintAndVarint() {
    assertThat(Partitioner.MURMUR3.encode(BigInteger.valueOf(-2)))
        .isEqualTo(ByteBuffer.allocate(8).putLong(0, -2));
    assertThat(Partitioner.RANDOM.encode(BigInteger.valueOf(-1)))
        .isEqualTo(ByteBuffer.wrap(new byte[] {-1}));
  }

  @Test
  void knowsPartitionersByClassName() {
    assertThat(Partitioner.named("org.apache.cassandra.dht.Murmur3Partitioner"))
        .isEqualTo(Partitioner.MURMUR3);
    assertThat(Partitioner.named("com.amazonaws.cassandra.DefaultPartitioner"))
        .isEqualTo(Partitioner.RANDOM);
    assertThatThrownBy(() -> Partitioner.named("org.apache.cassandra.dht.ByteOrderedPartitioner"))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("ByteOrderedPartitioner");
  }
}
