// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import io.ringside.spark.config.Secret;
import io.ringside.spark.config.TlsConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates and keys of a session, read from JKS, PKCS12 or PEM; the format is detected from
 * the first bytes. Errors name the option and what to do, never the content. Driver and executors.
 */
final class KeyMaterial {
  /** The first bytes of a JKS store. */
  private static final int JKS = 0xFEEDFEED;

  private final TlsConfig config;

  KeyMaterial(TlsConfig config) {
    this.config = config;
  }

  /** Null for the JDK's own authorities. */
  TrustManager @Nullable [] trustManagers() {
    if (config.trustStore() == null) {
      return null;
    }
    try {
      byte[] bytes = config.trustStore().bytes();
      KeyStore store =
          Pem.isPem(bytes) ? Pem.trusted(bytes) : store(bytes, config.trustStorePassword());
      // Certificates that a PKCS12 store of OpenSSL does not mark as trusted count for nothing.
      boolean trusts = false;
      for (String alias : Collections.list(store.aliases())) {
        trusts |= store.isCertificateEntry(alias);
      }
      if (!trusts) {
        throw invalid(
            "tls.truststore",
            "it has no trusted certificate that can be read with option 'tls.truststore-password'",
            null);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable("tls.truststore", "tls.truststore-password", e);
    }
  }

  /** Null to show no certificate. */
  KeyManager @Nullable [] keyManagers() {
    if (config.keyStore() == null) {
      return null;
    }
    try {
      byte[] bytes = config.keyStore().bytes();
      char[] password = password(config.keyStorePassword());
      KeyStore store =
          Pem.isPem(bytes)
              ? Pem.identity(bytes, password)
              : store(bytes, config.keyStorePassword());
      boolean hasKey = false;
      for (String alias : Collections.list(store.aliases())) {
        hasKey |= store.isKeyEntry(alias);
      }
      if (!hasKey) {
        throw invalid("tls.keystore", "it has no private key", null);
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password == null ? new char[0] : password);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable("tls.keystore", "tls.keystore-password", e);
    }
  }

  private static KeyStore store(byte[] bytes, @Nullable Secret password)
      throws GeneralSecurityException, IOException {
    boolean jks = bytes.length > Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == JKS;
    KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
    store.load(new ByteArrayInputStream(bytes), password(password));
    return store;
  }

  private static char @Nullable [] password(@Nullable Secret password) {
    return password == null ? null : password.reveal().toCharArray();
  }

  private static InvalidInputException unreadable(String option, String password, Exception cause) {
    return invalid(
        option,
        "it is not a JKS, PKCS12 or PEM store, or option '" + password + "' is not its password",
        cause);
  }

  private static InvalidInputException invalid(
      String option, String reason, @Nullable Exception cause) {
    return new InvalidInputException(
        ErrorCode.INVALID_OPTION,
        "Cannot use the store of option '%s': %s. Check both with keytool or openssl."
            .formatted(option, reason),
        cause);
  }
}
