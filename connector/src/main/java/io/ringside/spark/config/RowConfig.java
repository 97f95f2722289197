// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values of a row. Made on the driver, sent to executors.
 *
 * @param zone the time zone of timestamps that have none
 * @param collections what values do to collections, by column
 * @param conversion what becomes of values of other types than their column's
 */
public record RowConfig(
    NullHandling nulls,
    LifetimeConfig lifetimes,
    ZoneId zone,
    Map<String, CollectionWrite> collections,
    WriteConversion conversion)
    implements Serializable {

  /** Copies the map. */
  public RowConfig {
    collections = Map.copyOf(collections);
  }

  static RowConfig of(OptionResolver options) {
    return new RowConfig(
        options.get(WriteOptions.NULLS),
        LifetimeConfig.of(options),
        options.get(WriteOptions.TIME_ZONE),
        options.collections(),
        options.get(WriteOptions.CONVERSION));
  }

  /** As in {@link LifetimeConfig}. */
  public @Nullable Integer ttlSeconds() {
    return lifetimes.ttlSeconds();
  }

  /** As in {@link LifetimeConfig}. */
  public @Nullable String ttlColumn() {
    return lifetimes.ttlColumn();
  }

  /** As in {@link LifetimeConfig}. */
  public WriteTimestamp timestamp() {
    return lifetimes.timestamp();
  }

  /** As in {@link LifetimeConfig}. */
  public @Nullable String timestampColumn() {
    return lifetimes.timestampColumn();
  }

  /** As in {@link LifetimeConfig}. */
  public boolean cellMetadata() {
    return lifetimes.cellMetadata();
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
