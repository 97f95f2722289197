// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.typesafe.config.ConfigException;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why no session could be opened, in a line for each contact point. Pure; on every JVM. */
final class ConnectionErrors {
  private ConnectionErrors() {}

  /** No contact point let a session in. */
  static InvalidInputException refused(ConnectionConfig config, AllNodesFailedException failure) {
    Map<String, String> lines = new TreeMap<>();
    Set<ConnectionObstacle> obstacles = EnumSet.noneOf(ConnectionObstacle.class);
    SecretWords secrets = SecretWords.of(config);
    failure
        .getAllErrors()
        .forEach(
            (node, errors) -> {
              Set<String> words = new LinkedHashSet<>();
              for (Throwable error : errors) {
                ConnectionObstacle obstacle = ConnectionObstacle.of(error);
                obstacles.add(obstacle);
                words.add(secrets.masked(obstacle.words(error)));
              }
              lines.putIfAbsent(address(node.getEndPoint()), String.join("; ", words));
            });
    return cannotConnect(config, reason(lines), advice(obstacles), secrets.cause(failure));
  }

  /** Of one contact point its reason alone, as it is named before; of several a line each. */
  private static String reason(Map<String, String> lines) {
    if (lines.size() == 1) {
      return lines.values().iterator().next();
    }
    return lines.entrySet().stream()
        .map(line -> "\n  " + line.getKey() + ": " + line.getValue())
        .collect(Collectors.joining());
  }

  private static String advice(Set<ConnectionObstacle> obstacles) {
    return obstacles.stream().map(ConnectionObstacle::advice).collect(Collectors.joining(" "));
  }

  private static String address(EndPoint endPoint) {
    SocketAddress address = endPoint.resolve();
    return address instanceof InetSocketAddress inet
        ? inet.getHostString() + ':' + inet.getPort()
        : endPoint.toString();
  }

  /** Anything else that keeps a session from being opened. */
  static InvalidInputException failed(ConnectionConfig config, Throwable failure) {
    ConnectionObstacle obstacle = ConnectionObstacle.of(failure);
    SecretWords secrets = SecretWords.of(config);
    String words = secrets.masked(obstacle.words(failure));
    if (config.driverConfig() != null && isOfConfiguration(failure)) {
      return DriverConfiguration.malformed(words);
    }
    return cannotConnect(config, words, obstacle.advice(), secrets.cause(failure));
  }

  /** Whether the driver could not make something of what its configuration names. */
  private static boolean isOfConfiguration(Throwable failure) {
    return failure instanceof IllegalArgumentException || failure instanceof ConfigException;
  }

  /** No contact point has an address. */
  static InvalidInputException unknownHosts(ConnectionConfig config) {
    return cannotConnect(
        config, "unknown hosts", "Correct the names in the option 'contact-points'.", null);
  }

  /**
   * No node is in the data centre that requests are to stay in.
   *
   * @param local its name
   * @param existing names of the data centres that there are, in any order
   */
  static InvalidInputException unknownDatacenter(
      ConnectionConfig config, String local, Collection<String> existing) {
    List<String> names = existing.stream().distinct().sorted().toList();
    return cannotConnect(
        config,
        "no node is in the data centre '%s'; the nodes' data centres are %s"
            .formatted(local, names),
        config.localDc() == null
            ? "Correct the local data centre in the file of the option 'driver-config'."
            : "Set the option 'local-dc' to one of them, as it is spelt there.",
        null);
  }

  private static InvalidInputException cannotConnect(
      ConnectionConfig config, String reason, String advice, @Nullable Throwable cause) {
    return new InvalidInputException(
        ErrorCode.CONNECTION_FAILED,
        "Cannot connect to Cassandra at %s: %s. %s".formatted(place(config), reason, advice),
        cause);
  }

  private static String place(ConnectionConfig config) {
    if (!config.contactPoints().isEmpty()) {
      return config.contactPoints().toString();
    }
    return config.cloudBundle() == null
        ? "the contact points of 'driver-config'"
        : "the service of 'cloud-bundle'";
  }
}
