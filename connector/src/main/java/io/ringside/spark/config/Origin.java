// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

/**
 * Who wrote a layer of options. What belongs together in one connection, such as a password and the
 * hosts that it is sent to, has to have one origin, or to be the application's. Driver only.
 */
public enum Origin {
  /** The options of one read or write: of a program, or {@code WITH (…)} of a SQL statement. */
  STATEMENT("the read or write"),
  /** The options by which {@code format("cassandra")}, a view or a table of Spark is named. */
  TABLE("the table"),
  /** The settings of a Spark session, which whoever uses it may set at any time. */
  SESSION("the session"),
  /** The settings of a catalog that the application starts with; no session can change them. */
  CATALOG("the application"),
  /** The other settings that the application starts with; no session can change them. */
  APPLICATION("the application");

  private final String displayName;

  Origin(String displayName) {
    this.displayName = displayName;
  }

  /** Whether the settings are those that the application starts with. */
  boolean isApplication() {
    return this == CATALOG || this == APPLICATION;
  }

  /** As errors name it. */
  @Override
  public String toString() {
    return displayName;
  }
}
