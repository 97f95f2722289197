// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.cluster.TableIdentity;
import io.ringside.spark.cluster.TablePermissions;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.List;

/** Refuses to write, or to remove, rows of another table than the one that was planned for. */
final class SameTable {
  private SameTable() {}

  /**
   * Compares by a session that is at hand. Driver and executors.
   *
   * @param columns those that are written
   * @throws io.ringside.spark.error.InvalidInputException INVALID_SCHEMA when the table was made
   *     anew
   */
  static void check(CqlSession session, TableSpec table, List<ColumnSpec> columns) {
    TableIdentity.check(session, table, columns, "write to " + table.displayName());
  }

  /**
   * As above, and whether the user may write to the table, before the first task of a job. Driver
   * only.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_SCHEMA as above, or NO_PERMISSION
   */
  static void check(ConnectionConfig connection, TableSpec table, List<ColumnSpec> columns) {
    try (SessionLease lease = Sessions.lease(connection, table.keyspace())) {
      check(lease.session(), table, columns);
      TablePermissions.checkWrite(lease.session(), connection, table);
    }
  }
}
