// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.Reason;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is. Made on the driver, sent to executors.
 *
 * @param contactPoints empty where the bundle or the driver's configuration file names them
 * @param localDc null to take the one of the contact points
 * @param cloudBundle bytes of a secure connect bundle, or null
 */
public record EndpointConfig(
    List<HostAndPort> contactPoints, @Nullable String localDc, @Nullable Secret cloudBundle)
    implements Serializable {

  /** Copies the list. */
  public EndpointConfig {
    contactPoints = List.copyOf(contactPoints);
  }

  static EndpointConfig of(OptionResolver options) {
    checkBundle(options);
    return new EndpointConfig(
        contactPoints(options),
        options.find(ConnectionOptions.LOCAL_DC),
        options.contentOrSecret(
            ConnectionOptions.CLOUD_BUNDLE, ConnectionOptions.CLOUD_BUNDLE_SECRET));
  }

  private static List<HostAndPort> contactPoints(OptionResolver options) {
    boolean namedElsewhere =
        options.isSet(ConnectionOptions.DRIVER_CONFIG)
            || options.isSet(ConnectionOptions.CLOUD_BUNDLE)
            || options.isSet(ConnectionOptions.CLOUD_BUNDLE_SECRET);
    if (namedElsewhere && !options.isSet(ConnectionOptions.CONTACT_POINTS)) {
      return List.of();
    }
    int port = options.get(ConnectionOptions.PORT);
    try {
      return options.get(ConnectionOptions.CONTACT_POINTS).stream()
          .map(text -> HostAndPort.parse(text, port))
          .toList();
    } catch (IllegalArgumentException e) {
      options.error(
          "Cannot read option '%s': %s."
              .formatted(ConnectionOptions.CONTACT_POINTS.key(), Reason.of(e)));
      return List.of();
    }
  }

  private static void checkBundle(OptionResolver options) {
    if (!options.isSet(ConnectionOptions.CLOUD_BUNDLE)
        && !options.isSet(ConnectionOptions.CLOUD_BUNDLE_SECRET)) {
      return;
    }
    for (ConfigOption<?> option :
        List.of(
            ConnectionOptions.CONTACT_POINTS,
            ConnectionOptions.PORT,
            ConnectionOptions.LOCAL_DC,
            ConnectionOptions.TLS_ENABLED)) {
      if (options.isSet(option)) {
        options.error(
            "Cannot use option '%s' with a cloud bundle, which brings it. Remove it."
                .formatted(option.key()));
      }
    }
  }
}
