// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class ElementCellsTest {
  private static final TypeCodec<List<String>> TEXTS = TypeCodecs.listOf(TypeCodecs.TEXT);
  private static final TypeCodec<Map<Integer, String>> ENTRIES =
      TypeCodecs.mapOf(TypeCodecs.INT, TypeCodecs.TEXT);

  private static <T> ByteBuffer encode(TypeCodec<T> codec, T value) {
    return Objects.requireNonNull(codec.encode(value, ProtocolVersion.DEFAULT));
  }

  @Property(tries = 200)
  void takesListsApartAndTogether(@ForAll List<String> values) {
    ByteBuffer encoded = encode(TEXTS, values);
    List<ByteBuffer> elements = ElementCells.elements(encoded, 1);
    assertThat(elements).hasSize(values.size());
    assertThat(ElementCells.collection(elements)).isEqualTo(encoded);
    for (int i = 0; i < values.size(); i++) {
      assertThat(
              TEXTS.decode(
                  ElementCells.collection(List.of(elements.get(i))), ProtocolVersion.DEFAULT))
          .containsExactly(values.get(i));
    }
  }

  @Property(tries = 200)
  void takesMapsApartAndTogether(@ForAll Map<Integer, String> values) {
    ByteBuffer encoded = encode(ENTRIES, values);
    List<ByteBuffer> entries = ElementCells.elements(encoded, 2);
    List<ByteBuffer> even = new ArrayList<>();
    List<ByteBuffer> odd = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      (i % 2 == 0 ? even : odd).add(entries.get(i));
    }
    Map<Integer, String> together =
        new HashMap<>(ENTRIES.decode(ElementCells.collection(even), ProtocolVersion.DEFAULT));
    together.putAll(ENTRIES.decode(ElementCells.collection(odd), ProtocolVersion.DEFAULT));
    assertThat(together).isEqualTo(values);
  }

  @Example
  void takesFieldsApart() {
    var type = DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT, DataTypes.INT);
    TypeCodec<TupleValue> codec = CodecRegistry.DEFAULT.codecFor(type);
    ByteBuffer encoded = encode(codec, type.newValue(7, null, 9));
    List<@Nullable ByteBuffer> fields = ElementCells.fields(encoded);
    assertThat(fields)
        .containsExactly(
            ByteBuffer.allocate(4).putInt(0, 7), null, ByteBuffer.allocate(4).putInt(0, 9));
  }
}
