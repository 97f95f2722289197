// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values of a row. Made on the driver, sent to executors.
 *
 * @param ttlSeconds time to live of all cells, or null for the table's default
 * @param ttlColumn column of the data with each row's time to live, or null
 * @param timestampColumn column of the data with each row's write time, or null
 * @param cellMetadata whether columns of the data give each cell its own write time and TTL
 * @param collections what values do to collections, by column
 */
public record RowConfig(
    NullHandling nulls,
    @Nullable Integer ttlSeconds,
    @Nullable String ttlColumn,
    WriteTimestamp timestamp,
    @Nullable String timestampColumn,
    boolean cellMetadata,
    Map<String, CollectionWrite> collections)
    implements Serializable {

  /** Copies the map. */
  public RowConfig {
    collections = Map.copyOf(collections);
  }

  static RowConfig of(OptionResolver options) {
    return new RowConfig(
        options.get(Options.WRITE_NULLS),
        options.find(Options.WRITE_TTL),
        options.find(Options.WRITE_TTL_COLUMN),
        options.get(Options.WRITE_TIMESTAMP),
        options.find(Options.WRITE_TIMESTAMP_COLUMN),
        options.get(Options.WRITE_CELL_METADATA),
        options.collections());
  }

  /** What values do to the collection in a column. */
  public CollectionWrite collection(String column) {
    return collections.getOrDefault(column, CollectionWrite.OVERWRITE);
  }

  /** Whether values of some column do not take the place of its collection. */
  public boolean changesCollections() {
    return collections.values().stream().anyMatch(way -> way != CollectionWrite.OVERWRITE);
  }
}
