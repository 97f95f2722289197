// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.ringside.spark.error.Reason;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** What stands between this JVM and a node, and what a user can do about it. Pure. */
enum ConnectionObstacle {
  /** The user, or the lack of one. */
  LOGIN("Check the options 'username' and 'password'."),
  /** TLS is spoken here, and not there. */
  NO_TLS_THERE(
      "Leave out 'tls.enabled' and the other options of TLS, or name the port where the nodes speak"
          + " it with the option 'port'."),
  /** A certificate or a protocol of TLS. */
  TLS("Check the options of TLS."),
  /** Nothing listens there, or there is no way to it. */
  UNREACHABLE("Check the options 'contact-points' and 'port', and whether the nodes run."),
  /** It was reached and says nothing. */
  SILENT("Check the options 'contact-points' and 'port', and the nodes' logs."),
  /** It ended the connection without a word, as a node does that wants TLS. */
  CLOSED("Set 'tls.enabled' to true if the nodes want TLS; else see the nodes' logs."),
  /** Anything else. */
  OTHER(
      "Check the options 'contact-points', 'port', 'local-dc', 'username' and those of TLS, and see"
          + " the nodes' logs.");

  /** Of a class that has another name in each jar of the connector. */
  private static final String NOT_TLS = "NotSslRecordException";

  /** Which session and connection it was, and the class of an exception. */
  private static final Pattern NOISE =
      Pattern.compile("^\\[[^\\]]*\\] |Protocol initialization request, |\\s*\\([\\w.$]+\\)$");

  private final String advice;

  ConnectionObstacle(String advice) {
    this.advice = advice;
  }

  /** What to do, a whole sentence. */
  String advice() {
    return advice;
  }

  /** What an error of a connection comes from, by itself, its causes and what they suppressed. */
  static ConnectionObstacle of(Throwable error) {
    Set<Throwable> all = all(error);
    if (has(all, AuthenticationException.class)) {
      return LOGIN;
    } else if (all.stream().anyMatch(ConnectionObstacle::isNotTls)) {
      return NO_TLS_THERE;
    } else if (has(all, SSLException.class)) {
      return TLS;
    } else if (all.stream().anyMatch(ConnectionObstacle::isReset)) {
      return CLOSED;
    } else if (has(all, SocketException.class)) {
      return UNREACHABLE;
    } else if (has(all, DriverTimeoutException.class)) {
      return SILENT;
    }
    return has(all, ClosedChannelException.class) ? CLOSED : OTHER;
  }

  private static boolean has(Set<Throwable> all, Class<? extends Throwable> type) {
    return all.stream().anyMatch(type::isInstance);
  }

  private static boolean isNotTls(Throwable error) {
    return error.getClass().getSimpleName().equals(NOT_TLS);
  }

  /** Netty's own transports throw an error of another class than the JDK's. */
  private static boolean isReset(Throwable error) {
    return error instanceof IOException
        && String.valueOf(error.getMessage()).contains("Connection reset");
  }

  /** An error, its causes and what they suppressed, each once, the outermost first. */
  private static Set<Throwable> all(Throwable error) {
    Set<Throwable> ordered = new LinkedHashSet<>();
    Deque<Throwable> left = new ArrayDeque<>(Set.of(error));
    while (!left.isEmpty()) {
      Throwable next = left.removeFirst();
      if (ordered.add(next)) {
        if (next.getCause() != null) {
          left.addLast(next.getCause());
        }
        left.addAll(Arrays.asList(next.getSuppressed()));
      }
    }
    return ordered;
  }

  /** The error in words, without a full stop. */
  String words(Throwable error) {
    return switch (this) {
      case NO_TLS_THERE -> "it does not speak TLS on this port";
      case CLOSED -> "it closed the connection before it answered";
      case UNREACHABLE -> wordsOf(error, SocketException.class);
      case LOGIN -> wordsOf(error, AuthenticationException.class);
      case TLS -> wordsOf(error, SSLException.class);
      case SILENT, OTHER -> wordsOf(error, Throwable.class);
    };
  }

  private static String wordsOf(Throwable error, Class<? extends Throwable> type) {
    return all(error).stream()
        .filter(type::isInstance)
        .map(ConnectionObstacle::clean)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** "Connection refused: /10.0.0.1:9042" names what the line has named. */
  private static String clean(Throwable error) {
    String text = NOISE.matcher(Reason.of(error)).replaceAll("");
    int address = text.indexOf(": /");
    return error instanceof SocketException && address > 0 ? text.substring(0, address) : text;
  }
}
