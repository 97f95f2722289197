// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.session.frame.AnswerRows;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens sessions. Driver and executors. */
final class SessionFactory {
  private SessionFactory() {}

  /**
   * Opens a session.
   *
   * @throws ConnectorException CONNECTION_FAILED, naming contact points and what each answered;
   *     INVALID_OPTION when what an option refers to cannot be used
   */
  static CqlSession open(ConnectionConfig config) {
    ClassLoader loader = SessionFactory.class.getClassLoader();
    checkAuthProvider(config.authProvider(), loader);
    CqlSessionBuilder builder =
        AnswerRows.sessionBuilder()
            .withConfigLoader(new DriverConfiguration(config))
            .withClassLoader(loader)
            .withApplicationName("Ringside")
            .addContactPoints(addresses(config));
    if (config.localDc() != null) {
      builder = builder.withLocalDatacenter(config.localDc());
    }
    if (config.username() != null && config.password() != null) {
      builder = builder.withAuthCredentials(config.username(), config.password().reveal());
    }
    if (config.tls() != null) {
      builder = builder.withSslEngineFactory(new TlsEngines(config.tls()));
    }
    if (config.cloudBundle() != null) {
      builder =
          builder.withCloudSecureConnectBundle(
              new ByteArrayInputStream(config.cloudBundle().bytes()));
    }
    try {
      return builder.build();
    } catch (AllNodesFailedException e) {
      throw cannotConnect(config, reasons(e), e);
    } catch (DriverException | IllegalStateException | IllegalArgumentException e) {
      throw cannotConnect(config, words(e), e);
    }
  }

  /**
   * Rejects a provider that was compiled against an unrelocated driver; the driver itself would
   * fail without saying why.
   */
  private static void checkAuthProvider(@Nullable String provider, ClassLoader loader) {
    if (provider == null) {
      return;
    }
    String reason;
    try {
      Class<?> type = Class.forName(provider, false, loader);
      if (AuthProvider.class.isAssignableFrom(type)) {
        return;
      }
      reason = "it does not implement " + AuthProvider.class.getName();
    } catch (ClassNotFoundException e) {
      reason = "there is no class of this name next to the connector";
    } catch (LinkageError e) {
      reason = "it needs a class that is missing: " + Reason.of(e);
    }
    throw new ConnectorException(
        ErrorCode.INVALID_OPTION,
        ("Cannot log in with option 'auth-provider' = '%s': %s. A provider made for the Java driver needs"
                + " the connector's thin jar, which leaves the driver under its own name, and the"
                + " driver; give it to Spark in the same way as the connector.")
            .formatted(provider, reason));
  }

  private static List<InetSocketAddress> addresses(ConnectionConfig config) {
    List<InetSocketAddress> addresses = ContactNames.addresses(config.contactPoints());
    if (addresses.isEmpty() && !config.contactPoints().isEmpty()) {
      throw cannotConnect(config, "unknown hosts", null);
    }
    return addresses;
  }

  private static String reasons(AllNodesFailedException failure) {
    Map<String, String> byNode =
        failure.getAllErrors().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().getEndPoint().toString(),
                    entry ->
                        entry.getValue().stream()
                            .map(SessionFactory::words)
                            .distinct()
                            .collect(Collectors.joining("; ")),
                    (a, b) -> a));
    return byNode.toString();
  }

  /**
   * The messages of an error, of its causes and of their suppressed errors; a refused connection is
   * only in a suppressed one.
   */
  private static String words(Throwable error) {
    Set<String> words = new LinkedHashSet<>();
    for (Throwable e = error; e != null; e = e.getCause()) {
      words.add(Reason.of(e));
      for (Throwable suppressed : e.getSuppressed()) {
        words.add(Reason.of(suppressed));
      }
    }
    return String.join("; ", words);
  }

  private static ConnectorException cannotConnect(
      ConnectionConfig config, String reason, @Nullable Throwable cause) {
    return new ConnectorException(
        ErrorCode.CONNECTION_FAILED,
        ("Cannot connect to Cassandra at %s: %s. Check the options 'contact-points', 'port',"
                + " 'local-dc', 'username' and those of TLS.")
            .formatted(place(config), reason),
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
