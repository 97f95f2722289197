// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.WriteOptions.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of an operation and an option of writes has an answer. */
class WriteOptionsTest {
  private static final TableSpec TABLE =
      new TableSpec(
          "ks",
          "t",
          null,
          TableKind.TABLE,
          List.of(ColumnSpec.of("id", DataTypes.INT, ColumnKind.PARTITION_KEY)));

  /** Options that say how a job runs, not what happens to rows: every operation follows them. */
  private static final Set<String> OF_JOBS =
      Set.of(
          "write.consistency",
          "write.serial-consistency",
          "write.not-applied",
          "write.batch-bytes",
          "write.batch-rows",
          "write.in-flight",
          "write.buffer-size",
          "write.request-timeout",
          "write.retry-time",
          "write.allow-speculation",
          "write.distribution",
          "write.rate-limit");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write.if             | v = 1  | DELETE UPDATE MERGE",
        "write.if-not-exists  | true   | DELETE UPDATE MERGE",
        "write.ttl            | 60     | DELETE",
        "write.ttl-column     | id     | DELETE UPDATE MERGE",
        "write.timestamp-column | id   | DELETE UPDATE MERGE",
        "write.cell-metadata  | true   | DELETE UPDATE MERGE",
        "write.collection.id  | append | DELETE UPDATE MERGE",
        "write.operation      | delete | UPDATE MERGE",
        "write.timestamp      | 5      | ''",
        "write.nulls          | tombstone | ''",
        "write.conversion     | strict | ''",
      })
  void followsOrRefuses(String option, String value, String refusedBy) {
    ConnectorConfig config =
        ConnectorConfig.of(List.of(Map.of(option, value)), name -> name, warning -> {});
    for (Operation operation : Operation.values()) {
      if (Set.of(refusedBy.split(" ", -1)).contains(operation.name())) {
        assertThatThrownBy(() -> WriteOptions.check(operation, TABLE, config.write()))
            .isInstanceOf(ConnectorThrowable.class)
            .hasMessageContaining(option.replace(".id", ""));
      } else {
        WriteOptions.check(operation, TABLE, config.write());
      }
    }
  }

  @Test
  void forgetsNoOption() throws Exception {
    Set<String> documented = new TreeSet<>();
    Matcher names =
        Pattern.compile("`(write\\.[a-z-]+)")
            .matcher(Files.readString(Path.of("../docs/options.md")));
    while (names.find()) {
      documented.add(names.group(1));
    }
    Set<String> answered = new TreeSet<>(OF_JOBS);
    WriteOptions.RULES.forEach(rule -> answered.add(rule.option()));
    assertThat(documented).isEqualTo(answered);
  }
}
