// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.Mutation.RowKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what part of its partition a row sets. Static columns are in every row of their partition:
 * a static list that is not frozen is set once where such rows come one after another, as each
 * setting makes new elements. One per statement and task.
 */
final class RowKeys {
  private final int[] partition;
  private final int[] clustering;
  private final int[] statics;
  private final boolean hasStaticList;
  private ByteBuffer lastPartition = RowKey.NONE;
  private ByteBuffer lastStatics = RowKey.NONE;
  private boolean repeats;
  private long rows;

  RowKeys(List<Marker> markers) {
    this.partition = positions(markers, ColumnKind.PARTITION_KEY);
    this.clustering = positions(markers, ColumnKind.CLUSTERING);
    this.statics = positions(markers, ColumnKind.STATIC);
    this.hasStaticList =
        markers.stream()
            .filter(marker -> marker.isOf(ColumnKind.STATIC) && marker.role() == Role.CELL)
            .map(Marker::column)
            .anyMatch(
                column ->
                    column != null
                        && column.type() instanceof ListType
                        && FrozenTypes.isMultiCell(column.type()));
  }

  private static int[] positions(List<Marker> markers, ColumnKind kind) {
    return IntStream.range(0, markers.size())
        .filter(i -> markers.get(i).isOf(kind) && markers.get(i).role() != Role.CONDITION)
        .toArray();
  }

  /**
   * What a row sets.
   *
   * @param values sealed, one for each of the statement's markers
   */
  RowKey of(MarkerValues values) {
    return new RowKey(
        clustering.length == 0 ? RowKey.NONE : values.views(clustering),
        statics.length == 0 ? null : statics(values));
  }

  private @Nullable Object statics(MarkerValues values) {
    if (!hasStaticList) {
      boolean none = IntStream.of(statics).allMatch(values::isAbsent);
      return none ? null : values.views(statics);
    }
    ByteBuffer key = values.views(partition);
    ByteBuffer now = values.views(statics);
    repeats = key.equals(lastPartition) && now.equals(lastStatics);
    lastPartition = key;
    lastStatics = now;
    // A second setting of the list in one request would double it, whatever its elements.
    return repeats ? null : (Object) rows++;
  }

  /** Whether the row asked for last sets the static columns as the row before it did. */
  boolean repeatsStatics() {
    return repeats;
  }
}
