// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.type.ListType;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.write.rows.RowStatement.Marker;
import io.ringside.spark.write.rows.RowStatement.Role;
import io.ringside.spark.write.send.Mutation.RowKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private List<@Nullable ByteBuffer> lastPartition = List.of();
  private List<@Nullable ByteBuffer> lastStatics = List.of();
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
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < markers.size(); i++) {
      if (markers.get(i).isOf(kind) && markers.get(i).role() != Role.CONDITION) {
        positions.add(i);
      }
    }
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * What a row sets.
   *
   * @param cells in the order of the statement's markers, null for none
   */
  RowKey of(@Nullable ByteBuffer[] cells) {
    Object row =
        switch (clustering.length) {
          case 0 -> RowKey.NONE;
          case 1 -> single(cells[clustering[0]]);
          default -> at(clustering, cells);
        };
    return new RowKey(row, statics.length == 0 ? null : statics(cells));
  }

  private static Object single(@Nullable ByteBuffer cell) {
    return cell == null ? RowKey.NONE : cell;
  }

  private @Nullable Object statics(@Nullable ByteBuffer[] cells) {
    List<@Nullable ByteBuffer> now = at(statics, cells);
    if (!hasStaticList) {
      return now.stream().allMatch(cell -> cell == null) ? null : now;
    }
    List<@Nullable ByteBuffer> key = at(partition, cells);
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

  private static List<@Nullable ByteBuffer> at(int[] positions, @Nullable ByteBuffer[] cells) {
    @Nullable ByteBuffer[] found = new @Nullable ByteBuffer[positions.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = cells[positions[i]];
    }
    return Arrays.asList(found);
  }
}
