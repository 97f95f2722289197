// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.typesafe.config.ConfigException;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import io.ringside.spark.session.frame.AnswerRows;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sessions. Driver and executors. */
final class SessionFactory {
  private SessionFactory() {}

  /**
   * Opens a session.
   *
   * @throws InvalidInputException CONNECTION_FAILED, naming contact points and what each answered;
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
    CqlSession session;
    try {
      session = builder.build();
    } catch (AllNodesFailedException e) {
      throw ConnectionErrors.refused(config, e);
    } catch (DriverException
        | ConfigException
        | IllegalStateException
        | IllegalArgumentException e) {
      throw ConnectionErrors.failed(config, e);
    }
    return checked(config, session);
  }

  /**
   * A session that has nodes to talk to. The driver opens one for a data centre without nodes, and
   * fails at each request.
   */
  private static CqlSession checked(ConnectionConfig config, CqlSession session) {
    Collection<Node> nodes = session.getMetadata().getNodes().values();
    String local = localDatacenter(config, session);
    boolean anyUsed = nodes.stream().anyMatch(node -> node.getDistance() != NodeDistance.IGNORED);
    if (local == null || anyUsed) {
      return session;
    }
    List<String> existing =
        nodes.stream().map(node -> String.valueOf(node.getDatacenter())).toList();
    session.close();
    throw ConnectionErrors.unknownDatacenter(config, local, existing);
  }

  /** The data centre that an option or the driver's own configuration names, or null. */
  private static @Nullable String localDatacenter(ConnectionConfig config, CqlSession session) {
    return config.localDc() != null
        ? config.localDc()
        : session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .getString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, null);
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
    throw new InvalidInputException(
        ErrorCode.INVALID_OPTION,
        ("Cannot log in with option 'auth-provider' = '%s': %s. A provider made for the Java driver needs"
                + " the connector's thin jar, which leaves the driver under its own name, and the"
                + " driver; give it to Spark in the same way as the connector.")
            .formatted(provider, reason));
  }

  private static List<InetSocketAddress> addresses(ConnectionConfig config) {
    List<InetSocketAddress> addresses = ContactNames.addresses(config.contactPoints());
    if (addresses.isEmpty() && !config.contactPoints().isEmpty()) {
      throw ConnectionErrors.unknownHosts(config);
    }
    return addresses;
  }
}
