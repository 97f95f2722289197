// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import io.ringside.spark.schema.TableSpec;

/** Texts of {@code TRUNCATE} statements. */
public final class TruncateQuery {
  private TruncateQuery() {}

  /** Removes all rows: {@code TRUNCATE ks.t}. */
  public static String of(TableSpec table) {
    return QueryBuilder.truncate(
            CqlIdentifier.fromInternal(table.keyspace()), CqlIdentifier.fromInternal(table.table()))
        .asCql();
  }
}
