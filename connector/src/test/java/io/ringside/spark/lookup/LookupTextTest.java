// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns and kinds of a lookup join, from text. */
class LookupTextTest {
  @Test
  void readsPairs() {
    assertThat(LookupText.pairs("a = b,c=d , `x, =`` y`=`z`"))
        .isEqualTo(
            List.of(new KeyPair("a", "b"), new KeyPair("c", "d"), new KeyPair("x, =` y", "z")));
    assertThat(LookupText.pairs(" id ")).isEqualTo(List.of(new KeyPair("id", "id")));
    assertThat(LookupText.pairs("id, key = k"))
        .isEqualTo(List.of(new KeyPair("id", "id"), new KeyPair("key", "k")));
  }

  @Test
  void readsColumns() {
    assertThat(LookupText.columns("a, b AS c,`as` as `x y`, Név"))
        .isEqualTo(
            List.of(
                new TableColumn("a", "a"),
                new TableColumn("b", "c"),
                new TableColumn("as", "x y"),
                new TableColumn("Név", "Név")));
    assertThat(LookupText.columns("`b`AS`c`")).isEqualTo(List.of(new TableColumn("b", "c")));
    assertThat(LookupText.columns("basis")).isEqualTo(List.of(new TableColumn("basis", "basis")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a,", ",a", "a AS", "a AS b c", "a-b", "`a", "a = b"})
  void refusesOtherColumns(String text) {
    assertThatThrownBy(() -> LookupText.columns(text))
        .hasMessageStartingWith("Cannot read the columns '" + text + "' of a lookup join from '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a =", "= b", "a = b = c", "a == b", "a = b,", "a = 1.5"})
  void refusesOtherPairs(String text) {
    assertThatThrownBy(() -> LookupText.pairs(text))
        .hasMessageContaining("Write them as in 'a = b, c = d'");
  }

  @ParameterizedTest
  @CsvSource({
    "inner, INNER",
    "LEFT, LEFT_OUTER",
    "left outer, LEFT_OUTER",
    "left_semi, LEFT_SEMI",
    "Semi, LEFT_SEMI",
    "leftanti, LEFT_ANTI",
    "anti, LEFT_ANTI",
  })
  void knowsKinds(String name, JoinKind kind) {
    assertThat(JoinKind.named(name)).isEqualTo(kind);
  }

  @Test
  void refusesOtherKinds() {
    assertThatThrownBy(() -> JoinKind.named("full"))
        .hasMessageStartingWith(
            "Cannot join by 'full': it is no kind of lookup join. Use one of inner, left,");
  }
}
