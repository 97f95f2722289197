// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An example of the DataStax connector's (SCC's) documents that works as it is.
 *
 * @param rows that it gives, as Spark shows them, in any order
 */
record SccExample(String name, Supplier<Dataset<Row>> example, List<String> rows) {
  SccExample(String name, Supplier<Dataset<Row>> example, String... rows) {
    this(name, example, List.of(rows));
  }

  /** Runs it and compares its rows. */
  void check() {
    assertThat(example.get().collectAsList().stream().map(Row::toString))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  @Override
  public String toString() {
    return name;
  }
}
