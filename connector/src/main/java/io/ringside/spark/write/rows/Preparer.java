// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;

/** Prepares statements: a session does, or a test. On executors. */
@FunctionalInterface
public interface Preparer {
  /**
   * The prepared statement.
   *
   * @throws com.datastax.oss.driver.api.core.DriverException when the server refuses it
   */
  PreparedStatement prepare(String cql);
}
