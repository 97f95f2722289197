// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written. Resolved once on the driver, sent to executors.
 *
 * @param batchBytes bytes of values that fill a batch, at least 1
 * @param batchRows rows that fill a batch, at least 1
 * @param inFlight requests under way in a task, at least 1
 * @param bufferBytes bytes of rows that wait for others of their partition, for each task
 * @param requestTimeout for one try of one batch
 * @param retryTime how long after its first failure a batch may be tried again
 * @param ttlSeconds time to live of all cells, or null for the table's default
 * @param ttlColumn column of the data with each row's time to live, or null
 * @param timestampColumn column of the data with each row's write time, or null
 * @param cellMetadata whether columns of the data give each cell its own write time and TTL
 * @param confirmTruncate whether the table may be truncated
 * @param allowSpeculation whether Spark may run copies of tasks that add to what is there
 * @param rateLimit of the whole job, or null
 * @param collections what values do to collections, by column
 */
public record WriteConfig(
    ConsistencyLevel consistency,
    long batchBytes,
    int batchRows,
    int inFlight,
    long bufferBytes,
    Duration requestTimeout,
    Duration retryTime,
    NullHandling nulls,
    @Nullable Integer ttlSeconds,
    @Nullable String ttlColumn,
    WriteTimestamp timestamp,
    @Nullable String timestampColumn,
    boolean cellMetadata,
    boolean confirmTruncate,
    WriteCondition condition,
    boolean allowSpeculation,
    WriteDistribution distribution,
    @Nullable RateLimit rateLimit,
    WriteOperation operation,
    Map<String, CollectionWrite> collections)
    implements Serializable {

  static WriteConfig of(OptionResolver options) {
    return new WriteConfig(
        options.get(Options.WRITE_CONSISTENCY),
        options.get(Options.WRITE_BATCH_BYTES),
        options.get(Options.WRITE_BATCH_ROWS),
        options.get(Options.WRITE_IN_FLIGHT),
        options.get(Options.WRITE_BUFFER_SIZE),
        options.get(Options.WRITE_REQUEST_TIMEOUT),
        options.get(Options.WRITE_RETRY_TIME),
        options.get(Options.WRITE_NULLS),
        options.find(Options.WRITE_TTL),
        options.find(Options.WRITE_TTL_COLUMN),
        options.get(Options.WRITE_TIMESTAMP),
        options.find(Options.WRITE_TIMESTAMP_COLUMN),
        options.get(Options.WRITE_CELL_METADATA),
        options.get(Options.CONFIRM_TRUNCATE),
        WriteCondition.of(options),
        options.get(Options.WRITE_ALLOW_SPECULATION),
        options.get(Options.WRITE_DISTRIBUTION),
        options.find(Options.WRITE_RATE_LIMIT),
        options.get(Options.WRITE_OPERATION),
        Map.copyOf(options.collections()));
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
