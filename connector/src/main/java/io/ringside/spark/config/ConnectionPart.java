// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.List;

/**
 * What some options of a connection decide together, in terms of what somebody who may not be
 * trusted with all of them could do. Every option of a connection is in one part. Pure. Driver
 * only.
 *
 * @param needed the least that must be allowed for others than the application to set them
 * @param meaning what they decide, as errors say it
 */
record ConnectionPart(ConnectionOverrides needed, String meaning, List<ConfigOption<?>> options) {

  /** Where a session connects to, and so who gets to see what it sends. */
  static final ConnectionPart PLACE =
      new ConnectionPart(
          ConnectionOverrides.HOSTS,
          "where to connect to",
          List.of(
              ConnectionOptions.CONTACT_POINTS,
              ConnectionOptions.PORT,
              ConnectionOptions.CLOUD_BUNDLE,
              ConnectionOptions.CLOUD_BUNDLE_SECRET,
              ConnectionOptions.DRIVER_CONFIG));

  /** What keeps others on the way from seeing it. */
  static final ConnectionPart PROTECTION =
      new ConnectionPart(
          ConnectionOverrides.HOSTS,
          "how connections are protected",
          List.of(
              ConnectionOptions.TLS_ENABLED,
              ConnectionOptions.TLS_TRUSTSTORE,
              ConnectionOptions.TLS_TRUSTSTORE_PASSWORD,
              ConnectionOptions.TLS_PROTOCOLS,
              ConnectionOptions.TLS_CIPHER_SUITES,
              ConnectionOptions.TLS_HOSTNAME_VERIFICATION));

  /** Who a session says that it is. */
  static final ConnectionPart LOGIN =
      new ConnectionPart(
          ConnectionOverrides.LOGIN,
          "who logs in",
          List.of(
              ConnectionOptions.USERNAME,
              ConnectionOptions.PASSWORD,
              ConnectionOptions.AUTH_PROVIDER,
              ConnectionOptions.TLS_KEYSTORE,
              ConnectionOptions.TLS_KEYSTORE_SECRET,
              ConnectionOptions.TLS_KEYSTORE_PASSWORD));

  /** How a session behaves: nothing that anybody could take credentials or data with. */
  static final ConnectionPart BEHAVIOUR =
      new ConnectionPart(
          ConnectionOverrides.NONE,
          "how a session behaves",
          List.of(
              ConnectionOptions.CLUSTER,
              ConnectionOptions.LOCAL_DC,
              ConnectionOptions.COMPRESSION,
              ConnectionOptions.CONNECT_TIMEOUT,
              ConnectionOptions.CONNECTIONS_PER_NODE,
              ConnectionOptions.SESSION_IDLE_TIMEOUT));

  /** Who may say any of this. */
  static final ConnectionPart RULE =
      new ConnectionPart(
          ConnectionOverrides.ALL, "what others may say", List.of(ConnectionOptions.OVERRIDES));

  /** All parts. */
  static final List<ConnectionPart> ALL = List.of(PLACE, PROTECTION, LOGIN, BEHAVIOUR, RULE);
}
