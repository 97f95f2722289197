// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/**
 * What sessions, statements and tables may say about connections; each value allows what those
 * before it allow. Driver only.
 */
enum ConnectionOverrides {
  /** Nothing. */
  NONE,
  /** Who logs in, at the hosts of the application. */
  LOGIN,
  /** Hosts of their own, with credentials and protection of their own. */
  HOSTS,
  /** Everything: files, environment variables, URLs and classes, too. */
  ALL
}
