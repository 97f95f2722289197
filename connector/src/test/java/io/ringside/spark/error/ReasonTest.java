// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "'Undefined column name v.', Undefined column name v",
        "'Too long. Cut it. ', Too long. Cut it",
        "'and so on...', and so on",
        "'no stop', no stop",
        "'...', IllegalStateException",
        "'', IllegalStateException",
        "null, IllegalStateException"
      })
  void endsWithoutAFullStop(String message, String reason) {
    assertThat(Reason.of(new IllegalStateException(message))).isEqualTo(reason);
  }
}
