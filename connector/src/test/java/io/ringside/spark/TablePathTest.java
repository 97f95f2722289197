// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that a path names. */
class TablePathTest {
  @ParameterizedTest
  @CsvSource({
    "iot.readings, iot, readings",
    "Iot.Readings, Iot, Readings",
    "`iot.x`.`a``b`, iot.x, a`b",
    "iot.`my table`, iot, my table",
  })
  void namesKeyspaceAndTable(String path, String keyspace, String table) {
    assertThat(TablePath.parse(path)).isEqualTo(new TablePath(keyspace, table));
  }

  @Test
  void mayNameATableAlone() {
    assertThat(TablePath.parse("readings")).isEqualTo(new TablePath(null, "readings"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "iot.", ".readings", "a.b.c", "/data/x", "iot.`x", "a b", "`a`b"})
  void refusesWhatIsNoName(String path) {
    assertThatThrownBy(() -> TablePath.parse(path))
        .hasMessageStartingWith(
            "Cannot find a Cassandra table: '" + path + "' is no name of a table. Write");
  }
}
