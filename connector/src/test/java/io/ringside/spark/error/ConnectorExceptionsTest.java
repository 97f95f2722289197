// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectorExceptionsTest {
  /** Classes of the JDK that PySpark 3.5 to 4.2 shows in one line, of those that fit. */
  private static final Set<Class<?>> SHOWN_IN_ONE_LINE =
      Set.of(IllegalArgumentException.class, UnsupportedOperationException.class);

  @ParameterizedTest
  @EnumSource
  void isShownInOneLineByPythonWhereTheDriverThrowsIt(ErrorCode code) {
    RuntimeException error = ConnectorExceptions.of(code, "Cannot do it: a reason. Do that.");
    assertThat(error).hasMessage("Cannot do it: a reason. Do that. [%s]", code);
    assertThat(error)
        .isInstanceOfSatisfying(
            ConnectorThrowable.class,
            told -> {
              assertThat(told.code()).isEqualTo(code);
              assertThat(told.sentence()).isEqualTo("Cannot do it: a reason. Do that.");
            });
    boolean oneLine = SHOWN_IN_ONE_LINE.contains(error.getClass().getSuperclass());
    boolean ofCluster = code == ErrorCode.READ_FAILED || code == ErrorCode.WRITE_FAILED;
    assertThat(oneLine).isNotEqualTo(ofCluster);
  }
}
