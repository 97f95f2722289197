// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted. The stores themselves are part of it: they are read once on the
 * driver, so that executors need no files. Sent to executors.
 *
 * @param trustStore bytes of a JKS or PKCS12 store or of PEM text; null for the JDK's authorities
 * @param trustStorePassword null to read the store unchecked, or for PEM
 * @param keyStore bytes of a JKS or PKCS12 store or of PEM text; null to show no certificate
 * @param keyStorePassword of the store and of its key
 * @param protocols empty for the JDK's
 * @param cipherSuites empty for the JDK's
 * @param hostnameVerification whether a node's certificate must name it
 */
public record TlsConfig(
    @Nullable Secret trustStore,
    @Nullable Secret trustStorePassword,
    @Nullable Secret keyStore,
    @Nullable Secret keyStorePassword,
    List<String> protocols,
    List<String> cipherSuites,
    boolean hostnameVerification)
    implements Serializable {

  /** Copies the lists. */
  public TlsConfig {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }

  /** Null when connections are not encrypted; options of TLS are errors then. */
  static @Nullable TlsConfig of(OptionResolver options) {
    TlsConfig tls =
        new TlsConfig(
            options.content(ConnectionOptions.TLS_TRUSTSTORE),
            options.find(ConnectionOptions.TLS_TRUSTSTORE_PASSWORD),
            options.contentOrSecret(
                ConnectionOptions.TLS_KEYSTORE, ConnectionOptions.TLS_KEYSTORE_SECRET),
            options.find(ConnectionOptions.TLS_KEYSTORE_PASSWORD),
            options.listed(ConnectionOptions.TLS_PROTOCOLS),
            options.listed(ConnectionOptions.TLS_CIPHER_SUITES),
            options.get(ConnectionOptions.TLS_HOSTNAME_VERIFICATION));
    if (options.get(ConnectionOptions.TLS_ENABLED)) {
      return tls;
    }
    for (ConfigOption<?> option : ConnectionOptions.ALL) {
      if (option.key().startsWith("tls.")
          && !option.equals(ConnectionOptions.TLS_ENABLED)
          && options.isSet(option)) {
        options.error(
            "Cannot use option '%s': connections are not encrypted. Add 'tls.enabled' = 'true'."
                .formatted(option.key()));
      }
    }
    return null;
  }
}
