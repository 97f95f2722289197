// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.config.OptionResolver.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may say what about a connection. Nothing that an option refers to is read before this is
 * known. Two rules:
 *
 * <ul>
 *   <li>What others than the application may set is said by {@code connection.overrides}.
 *   <li>Credentials are used only with hosts and protection of the same origin, or of the
 *       application: nobody can have those of somebody else sent to a host of his own.
 * </ul>
 *
 * Pure. Driver only.
 */
final class ConnectionRights {
  /** What proves who one is, each with what has to come from the same origin besides hosts. */
  private static final Map<ConfigOption<?>, List<ConfigOption<?>>> CREDENTIALS =
      Map.of(
          ConnectionOptions.PASSWORD,
          List.of(ConnectionOptions.USERNAME),
          ConnectionOptions.AUTH_PROVIDER,
          List.of(),
          ConnectionOptions.DRIVER_CONFIG,
          List.of(),
          ConnectionOptions.CLOUD_BUNDLE,
          List.of(),
          ConnectionOptions.CLOUD_BUNDLE_SECRET,
          List.of(),
          ConnectionOptions.TLS_KEYSTORE,
          List.of(ConnectionOptions.TLS_KEYSTORE_PASSWORD),
          ConnectionOptions.TLS_KEYSTORE_SECRET,
          List.of(ConnectionOptions.TLS_KEYSTORE_PASSWORD),
          ConnectionOptions.TLS_KEYSTORE_PASSWORD,
          List.of(ConnectionOptions.TLS_KEYSTORE, ConnectionOptions.TLS_KEYSTORE_SECRET));

  /** Options whose value is the name of a file, a URL or a class, whatever it is. */
  private static final Set<ConfigOption<?>> REFERENCES =
      Set.of(
          ConnectionOptions.AUTH_PROVIDER,
          ConnectionOptions.CLOUD_BUNDLE,
          ConnectionOptions.DRIVER_CONFIG,
          ConnectionOptions.TLS_KEYSTORE);

  private final OptionResolver options;
  private final ConnectionOverrides allowed;
  private final List<String> errors = new ArrayList<>();

  private ConnectionRights(OptionResolver options) {
    this.options = options;
    ConnectionOverrides set = options.findOfApplication(ConnectionOptions.OVERRIDES);
    ConnectionOverrides usual =
        options.isOfCatalog() ? ConnectionOverrides.LOGIN : ConnectionOverrides.HOSTS;
    this.allowed = set == null ? usual : set;
  }

  /**
   * Everything that is set without a right to; none when the options may be used.
   *
   * @param options whose contents have not been read yet
   */
  static List<String> violations(OptionResolver options) {
    ConnectionRights rights = new ConnectionRights(options);
    if (rights.allowed != ConnectionOverrides.ALL) {
      rights.checkOverrides();
      if (rights.errors.isEmpty()) {
        CREDENTIALS.keySet().forEach(rights::checkCredential);
      }
    }
    return rights.errors.stream().sorted().toList();
  }

  private void checkOverrides() {
    for (ConnectionPart part : ConnectionPart.ALL) {
      for (ConfigOption<?> option : part.options()) {
        Given given = options.given(option);
        if (given == null || given.origin().isApplication()) {
          continue;
        }
        if (isReference(option, given)) {
          need(ConnectionOverrides.ALL, given, "name files, variables, URLs and classes");
        } else {
          need(part.needed(), given, "say " + part.meaning());
        }
      }
    }
  }

  private void need(ConnectionOverrides needed, Given given, String what) {
    if (allowed.compareTo(needed) >= 0) {
      return;
    }
    errors.add(
        "Cannot use option '%s' of %s: only settings that the application starts with may %s, as 'connection.overrides' is '%s'. Leave it out, or start the application with --conf spark.datasource.cassandra.connection.overrides=%s."
            .formatted(given.key(), given.origin(), what, text(allowed), text(needed)));
  }

  private static String text(ConnectionOverrides overrides) {
    return overrides.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isReference(ConfigOption<?> option, Given given) {
    if (option.equals(ConnectionOptions.TLS_TRUSTSTORE)) {
      return given.value() != null && !Content.isInline(given.value());
    }
    return REFERENCES.contains(option) || !given.key().equals(option.key());
  }

  private void checkCredential(ConfigOption<?> credential) {
    Given given = options.given(credential);
    if (given == null || given.value() == null) {
      return;
    }
    ConnectionPart.PLACE.options().forEach(option -> checkCompanion(given, option));
    ConnectionPart.PROTECTION.options().forEach(option -> checkCompanion(given, option));
    for (ConfigOption<?> option : CREDENTIALS.getOrDefault(credential, List.of())) {
      checkCompanion(given, option);
    }
  }

  private void checkCompanion(Given credential, ConfigOption<?> option) {
    @Nullable Given companion = options.given(option);
    if (companion == null
        || companion.origin().isApplication()
        || companion.origin() == credential.origin()) {
      return;
    }
    errors.add(
        "Cannot use option '%s' of %s with option '%s' of %s: credentials are for hosts and protection that were given with them or by the application. Give all of them together, or start the application with --conf spark.datasource.cassandra.connection.overrides=all."
            .formatted(credential.key(), credential.origin(), companion.key(), companion.origin()));
  }
}
