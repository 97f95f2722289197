// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an error of a connection comes from, in words without noise. */
class ConnectionObstacleTest {
  private static final String STEP =
      "[ringside|control|connecting...] Protocol initialization request, step 1 (OPTIONS): ";

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(
            initialization("failed to send request (io.netty.channel.StacklessClosedChannel)"),
            new ConnectException("Connection refused: /10.0.0.1:9042"),
            ConnectionObstacle.UNREACHABLE,
            "Connection refused"),
        Arguments.of(
            initialization("failed to send request (java.nio.channels.ClosedChannelException)"),
            new ClosedChannelException(),
            ConnectionObstacle.CLOSED,
            "it closed the connection before it answered"),
        Arguments.of(
            initialization("failed to send request"),
            new IOException("recvAddress(..) failed: Connection reset by peer"),
            ConnectionObstacle.CLOSED,
            "it closed the connection before it answered"),
        Arguments.of(
            initialization("failed to send request"),
            new SSLHandshakeException("PKIX path building failed"),
            ConnectionObstacle.TLS,
            "PKIX path building failed"),
        Arguments.of(
            new IllegalStateException("wrapper"),
            new DriverTimeoutException(STEP + "timed out after 10000 ms"),
            ConnectionObstacle.SILENT,
            "wrapper; step 1 (OPTIONS): timed out after 10000 ms"));
  }

  private static ConnectionInitException initialization(String message) {
    return new ConnectionInitException(STEP + message, null);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void findsTheObstacleInCausesAndSuppressedErrors(
      Throwable error, Throwable hidden, ConnectionObstacle obstacle, String words) {
    error.addSuppressed(hidden);
    assertThat(ConnectionObstacle.of(error)).isEqualTo(obstacle);
    assertThat(obstacle.words(error)).isEqualTo(words);
  }

  @Test
  void repeatsNoLoopOfCauses() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException two = new IllegalStateException("two", one);
    one.addSuppressed(two);
    assertThat(ConnectionObstacle.OTHER.words(one)).isEqualTo("one; two");
  }
}
