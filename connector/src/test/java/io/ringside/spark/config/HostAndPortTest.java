// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contact points as users write them. */
class HostAndPortTest {
  @ParameterizedTest
  @CsvSource({
    "a, a:9042",
    "a.example:1, a.example:1",
    "10.0.0.1, 10.0.0.1:9042",
    "::1, [::1]:9042",
    "[::1]:7, [::1]:7",
    "fe80::1%eth0, [fe80::1%eth0]:9042",
    "under_score:5, under_score:5"
  })
  void areAHostWithOrWithoutAPort(String text, String point) {
    assertThat(HostAndPort.parse(text, 9042)).hasToString(point);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:canary@host",
        "user:canary@host:9042",
        "user@canary",
        "cassandra://user:canary@host:9042/",
        "https://host/?password=canary",
        "user:canary:9042",
        "host canary",
        "user:canary"
      })
  void areNotRepeatedWhereTheyMayHoldAPassword(String text) {
    assertThatThrownBy(() -> HostAndPort.parse(text, 9042))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an entry, which is not shown as it may hold a password, ")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "host:      | 'host:' has no number after its colon",
        "host:0     | 'host:0' is not a host with a port from 1 to 65535",
        "host:70000 | 'host:70000' is not a host with a port from 1 to 65535",
        ":9042      | ':9042' is not a host with a port from 1 to 65535"
      })
  void areRepeatedElsewhere(String text, String message) {
    assertThatThrownBy(() -> HostAndPort.parse(text, 9042))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
