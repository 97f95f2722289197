// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that a statement would make one: as rows come in the order of their keys, it remembers
 * the last one alone. Of several inserted rows of one key the last one wins; an updated row that
 * meets another one would lose cells of either. One per task.
 */
final class ChangedKeys {
  private final TableSpec table;
  private List<@Nullable ByteBuffer> last = List.of();
  private boolean lastWasUpdated;

  ChangedKeys(TableSpec table) {
    this.table = table;
  }

  /**
   * Notes the key that a row has after an update.
   *
   * @throws UnsupportedException when the row before has the same key
   */
  void updated(List<@Nullable ByteBuffer> key) {
    if (key.equals(last)) {
      throw becomeOne();
    }
    last = key;
    lastWasUpdated = true;
  }

  /**
   * Notes the key of an inserted row.
   *
   * @throws UnsupportedException when the row before has the same key by an update
   */
  void inserted(List<@Nullable ByteBuffer> key) {
    if (lastWasUpdated && key.equals(last)) {
      throw becomeOne();
    }
    last = key;
    lastWasUpdated = false;
  }

  private UnsupportedException becomeOne() {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot change rows of %s: several rows would get the same key (%s) and become one. Give each row a key of its own; rows changed before stay changed."
            .formatted(
                table.displayName(),
                String.join(
                    ", ",
                    table.columns().stream()
                        .filter(column -> column.kind().isPrimaryKey())
                        .map(ColumnSpec::name)
                        .toList())));
  }
}
