// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When written cells begin and end. Made on the driver, sent to executors.
 *
 * @param ttlSeconds time to live of all cells, or null for the table's default
 * @param ttlColumn column of the data with each row's time to live, or null
 * @param timestampColumn column of the data with each row's write time, or null
 * @param cellMetadata whether columns of the data give each cell its own write time and TTL
 */
public record LifetimeConfig(
    @Nullable Integer ttlSeconds,
    @Nullable String ttlColumn,
    WriteTimestamp timestamp,
    @Nullable String timestampColumn,
    boolean cellMetadata)
    implements Serializable {

  static LifetimeConfig of(OptionResolver options) {
    return new LifetimeConfig(
        options.find(WriteOptions.TTL),
        options.find(WriteOptions.TTL_COLUMN),
        options.get(WriteOptions.TIMESTAMP),
        options.find(WriteOptions.TIMESTAMP_COLUMN),
        options.get(WriteOptions.CELL_METADATA));
  }
}
