// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;

/** Prepares statements: a session does, or a test. On executors. */
@FunctionalInterface
public interface Preparer {
  /**
   * The prepared statement.
   *
   * @throws io.ringside.spark.error.ConnectorException WRITE_FAILED when no server prepares it
   */
  PreparedStatement prepare(String cql);
}
