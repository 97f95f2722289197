// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.internal.core.metadata.token.Murmur3Token;
import com.datastax.oss.driver.internal.core.metadata.token.Murmur3TokenFactory;
import com.datastax.oss.driver.internal.core.util.RoutingKey;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class Murmur3Test {
  private final Murmur3TokenFactory driver = new Murmur3TokenFactory();

  @Property
  void givesKeysOfOneColumnTheDriversToken(@ForAll @Size(min = 1, max = 70) byte[] key) {
    assertThat(Murmur3.token(List.of(ByteBuffer.wrap(key))))
        .isEqualTo(((Murmur3Token) driver.hash(ByteBuffer.wrap(key))).getValue());
  }

  @Property
  void givesKeysOfSeveralColumnsTheDriversToken(
      @ForAll @Size(min = 2, max = 4) List<@Size(max = 40) byte[]> key) {
    ByteBuffer[] cells = key.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
    assertThat(Murmur3.token(List.of(cells)))
        .isEqualTo(((Murmur3Token) driver.hash(RoutingKey.compose(cells))).getValue());
  }

  @Example
  void leavesTheBytesAsTheyAre() {
    ByteBuffer key = ByteBuffer.wrap(new byte[] {9, 1, 2, 3}).position(1);
    long token = Murmur3.token(List.of(key));
    assertThat(key.position()).isEqualTo(1);
    assertThat(token).isEqualTo(Murmur3.token(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3}))));
  }
}
