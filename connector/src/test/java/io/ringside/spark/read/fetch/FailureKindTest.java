// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import io.ringside.spark.flow.FailureKind;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {
  @ParameterizedTest
  @CsvSource({
    "1, TOO_MUCH", // READ_TOO_MANY_TOMBSTONES
    "4, TOO_MUCH", // READ_SIZE
    "7, TOO_MUCH", // READ_TOO_MANY_INDEXES
    "2, TIMEOUT", // TIMEOUT
    "0, SERVER_ERROR", // UNKNOWN
    "3, SERVER_ERROR", // INCOMPATIBLE_SCHEMA
    "6, SERVER_ERROR" // INDEX_NOT_AVAILABLE
  })
  void knowsTheReasonsOfReadFailures(int reason, FailureKind kind) {
    assertThat(FailureKind.of(Failures.readFailure(reason))).isEqualTo(kind);
  }

  @Test
  void takesGuardrailsOfPageSizesAsTooMuch() {
    assertThat(
            FailureKind.of(
                Failures.invalid(
                    "Guardrail page_size violated: Aborting query for table t, page size 50000"
                        + " exceeds fail threshold of 5000.")))
        .isEqualTo(FailureKind.TOO_MUCH);
  }

  @Test
  void takesOtherGuardrailsAsFinal() {
    assertThat(
            FailureKind.of(
                Failures.invalid(
                    "Guardrail allow_filtering violated: Querying with ALLOW FILTERING is not"
                        + " allowed")))
        .isEqualTo(FailureKind.FATAL);
  }

  @Test
  void takesAServersLackOfMemoryAsTooMuch() {
    assertThat(FailureKind.of(Failures.outOfMemory())).isEqualTo(FailureKind.TOO_MUCH);
    assertThat(FailureKind.of(Failures.serverError())).isEqualTo(FailureKind.SERVER_ERROR);
  }

  @Test
  void takesAFrameThatIsTooLongAsTooMuch() {
    assertThat(FailureKind.of(new FrameTooLongException(new InetSocketAddress(9042), "300 MB")))
        .isEqualTo(FailureKind.TOO_MUCH);
  }
}
