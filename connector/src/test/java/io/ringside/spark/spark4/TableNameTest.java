// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Full names of tables as procedures take them. */
class TableNameTest {
  @Test
  void readsNamesAsStored() {
    assertThat(TableName.parse(" ks.Orders ")).isEqualTo(new TableName("ks", "Orders"));
    assertThat(TableName.parse("`my.ks`.`a``b`")).isEqualTo(new TableName("my.ks", "a`b"));
    assertThat(TableName.parse("k s.`t`")).isEqualTo(new TableName("k s", "t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t", "a.b.c", ".t", "ks.", "`ks.t", "``.t", "ks.`t`x"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .hasMessageContaining("Cannot find table '" + text + "': it is not a full name.");
  }
}
