// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of keys, which are equal to values as Spark compares them. */
class KeyCellTest {
  private static KeyCell cell(DataType type, boolean alone) {
    ColumnSpec column = ColumnSpec.of("k", type, ColumnKind.PARTITION_KEY);
    ColumnSpec other = ColumnSpec.of("l", type, ColumnKind.PARTITION_KEY);
    List<ColumnSpec> key = alone ? List.of(column) : List.of(column, other);
    return new KeyCell(
        new TableSpec("ks", "t", null, TableKind.TABLE, key),
        new KeyColumn(column, TypeMapping.sparkType(column, DecimalTypes.defaults()), 0));
  }

  private static @Nullable CqlValue of(DataType type, Object value) {
    return cell(type, false).of(value);
  }

  private static <T> CqlValue encoded(DataType type, T value) {
    ByteBuffer bytes =
        CodecRegistry.DEFAULT.codecFor(type, value).encode(value, ProtocolVersion.V4);
    return new CqlValue(bytes);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void encodesAsTheDriverDoes() {
    UUID uuid = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    Instant instant = Instant.parse("1960-02-29T23:59:59.999Z");
    assertThat(of(DataTypes.INT, 7)).isEqualTo(encoded(DataTypes.INT, 7));
    assertThat(of(DataTypes.BIGINT, -7L)).isEqualTo(encoded(DataTypes.BIGINT, -7L));
    assertThat(of(DataTypes.BOOLEAN, true)).isEqualTo(encoded(DataTypes.BOOLEAN, true));
    assertThat(of(DataTypes.TEXT, text("né"))).isEqualTo(encoded(DataTypes.TEXT, "né"));
    assertThat(of(DataTypes.UUID, text(uuid.toString()))).isEqualTo(encoded(DataTypes.UUID, uuid));
    assertThat(of(DataTypes.TIMESTAMP, instant)).isEqualTo(encoded(DataTypes.TIMESTAMP, instant));
    LocalDate date = LocalDate.of(1582, 10, 10);
    assertThat(of(DataTypes.DATE, date)).isEqualTo(encoded(DataTypes.DATE, date));
    byte[] blob = {0, -1};
    assertThat(of(DataTypes.BLOB, blob)).isEqualTo(new CqlValue(ByteBuffer.wrap(blob)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0F8FAD5B-d9cb-469f-a165-70867728950e",
        "0f8fad5bd9cb469fa16570867728950e",
        "no uuid",
        ""
      })
  void findsNothingForTextsThatNoUuidIsShownAs(String text) {
    assertThat(of(DataTypes.UUID, text(text))).isNull();
  }

  @Test
  void findsNothingForOtherSpellingsOfAddresses() {
    assertThat(of(DataTypes.INET, text("2001:db8::1"))).isNull();
    assertThat(of(DataTypes.INET, text("2001:db8:0:0:0:0:0:1"))).isNotNull();
  }

  @Test
  void findsNothingBetweenMilliseconds() {
    Instant instant = Instant.parse("2020-01-01T00:00:00Z");
    assertThat(of(DataTypes.TIMESTAMP, instant)).isNotNull();
    assertThat(of(DataTypes.TIMESTAMP, instant.plusNanos(1000))).isNull();
  }

  @Test
  void findsNothingThatNoKeyCanBe() {
    assertThat(cell(DataTypes.TEXT, true).of(text(""))).isNull();
    assertThat(cell(DataTypes.TEXT, false).of(text(""))).isNotNull();
    assertThat(of(DataTypes.BLOB, new byte[65_535])).isNotNull();
    assertThat(of(DataTypes.BLOB, new byte[65_536])).isNull();
  }
}
