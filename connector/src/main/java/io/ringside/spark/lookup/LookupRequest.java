// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks of a lookup join. Immutable. Driver only.
 *
 * @param on the columns that are equal
 * @param columns of the table, in the order of the result; null for all but those in {@code on}
 * @param condition on the table's rows, in Spark's SQL, or null
 */
public record LookupRequest(
    JoinKind kind,
    List<KeyPair> on,
    @Nullable List<TableColumn> columns,
    @Nullable String condition) {
  /** Copies the lists. */
  public LookupRequest {
    on = List.copyOf(on);
    columns = columns == null ? null : List.copyOf(columns);
  }
}
