// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written, in one record for each part of a write. Resolved once on the driver, sent
 * to executors.
 */
public record WriteConfig(RowConfig rows, SendConfig send, JobConfig job, WriteCondition condition)
    implements Serializable {

  static WriteConfig of(OptionResolver options) {
    return new WriteConfig(
        RowConfig.of(options),
        SendConfig.of(options),
        JobConfig.of(options),
        WriteCondition.of(options));
  }

  /** As in {@link SendConfig}. */
  public ConsistencyLevel consistency() {
    return send.consistency();
  }

  /** As in {@link SendConfig}. */
  public long batchBytes() {
    return send.batchBytes();
  }

  /** As in {@link SendConfig}. */
  public int batchRows() {
    return send.batchRows();
  }

  /** As in {@link SendConfig}. */
  public int inFlight() {
    return send.inFlight();
  }

  /** As in {@link SendConfig}. */
  public long bufferBytes() {
    return send.bufferBytes();
  }

  /** As in {@link SendConfig}. */
  public Duration requestTimeout() {
    return send.requestTimeout();
  }

  /** As in {@link SendConfig}. */
  public Duration retryTime() {
    return send.retryTime();
  }

  /** As in {@link RowConfig}. */
  public NullHandling nulls() {
    return rows.nulls();
  }

  /** As in {@link RowConfig}. */
  public @Nullable Integer ttlSeconds() {
    return rows.ttlSeconds();
  }

  /** As in {@link RowConfig}. */
  public @Nullable String ttlColumn() {
    return rows.ttlColumn();
  }

  /** As in {@link RowConfig}. */
  public WriteTimestamp timestamp() {
    return rows.timestamp();
  }

  /** As in {@link RowConfig}. */
  public @Nullable String timestampColumn() {
    return rows.timestampColumn();
  }

  /** As in {@link RowConfig}. */
  public boolean cellMetadata() {
    return rows.cellMetadata();
  }

  /** As in {@link RowConfig}. */
  public CollectionWrite collection(String column) {
    return rows.collection(column);
  }

  /** As in {@link RowConfig}. */
  public boolean changesCollections() {
    return rows.changesCollections();
  }

  /** As in {@link RowConfig}. */
  public Map<String, CollectionWrite> collections() {
    return rows.collections();
  }

  /** As in {@link JobConfig}. */
  public WriteOperation operation() {
    return job.operation();
  }

  /** As in {@link JobConfig}. */
  public boolean confirmTruncate() {
    return job.confirmTruncate();
  }

  /** As in {@link JobConfig}. */
  public boolean allowSpeculation() {
    return job.allowSpeculation();
  }

  /** As in {@link JobConfig}. */
  public WriteDistribution distribution() {
    return job.distribution();
  }

  /** As in {@link JobConfig}. */
  public @Nullable RateLimit rateLimit() {
    return job.rateLimit();
  }
}
