// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import io.ringside.spark.config.TlsConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Makes an engine for each encrypted connection of a session. What the options leave out follows
 * the JDK; whether host names are verified is always said, as neither the JDK's engines nor Netty's
 * defaults do so by themselves, and Spark 4.1 and later switch Netty's off. Driver and executors;
 * thread-safe.
 */
final class TlsEngines implements SslEngineFactory {
  private final SSLContext context;
  private final TlsConfig config;

  /**
   * Engines of this config.
   *
   * @throws InvalidInputException INVALID_OPTION when a store cannot be read, or the JDK does not
   *     know a protocol or cipher suite
   */
  TlsEngines(TlsConfig config) {
    this.config = config;
    KeyMaterial material = new KeyMaterial(config);
    try {
      this.context = SSLContext.getInstance("TLS");
      context.init(material.keyManagers(), material.trustManagers(), null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    SSLParameters supported = context.getSupportedSSLParameters();
    requireKnown("tls.protocols", config.protocols(), supported.getProtocols());
    requireKnown("tls.cipher-suites", config.cipherSuites(), supported.getCipherSuites());
  }

  @Override
  public SSLEngine newSslEngine(EndPoint remote) {
    SocketAddress address = remote.resolve();
    SSLEngine engine =
        address instanceof InetSocketAddress inet
            ? context.createSSLEngine(inet.getHostString(), inet.getPort())
            : context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(config.hostnameVerification() ? "HTTPS" : "");
    if (!config.protocols().isEmpty()) {
      parameters.setProtocols(config.protocols().toArray(String[]::new));
    }
    if (!config.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static void requireKnown(String option, List<String> wanted, String[] supported) {
    List<String> unknown = new ArrayList<>(wanted);
    unknown.removeAll(List.of(supported));
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot use option '%s': this JDK knows no %s. Use some of: %s."
              .formatted(option, unknown, String.join(", ", supported)));
    }
  }

  @Override
  public void close() {}
}
