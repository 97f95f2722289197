// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.ringside.spark.schema.TableSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a table is still the one that a task began to write to, by what the session has
 * heard of schema changes. On executors; any thread.
 *
 * @param session one that knows the table's keyspace
 * @param start when the task began, by the clock of its JVM
 */
public record TableWatch(CqlSession session, TableSpec table, Instant start) {

  /** Why no request to the table can succeed any more, or null; asks nobody. */
  public @Nullable String obstacle() {
    KeyspaceMetadata keyspace =
        session
            .getMetadata()
            .getKeyspace(CqlIdentifier.fromInternal(table.keyspace()))
            .orElse(null);
    if (keyspace == null) {
      return null;
    }
    TableMetadata now = keyspace.getTable(CqlIdentifier.fromInternal(table.table())).orElse(null);
    if (now == null) {
      return "the table was dropped while the job ran";
    }
    return TableIdentity.isMadeSince(now, table, start)
        ? "the table was dropped and made anew while the job ran"
        : null;
  }
}
