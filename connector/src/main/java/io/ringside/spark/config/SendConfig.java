// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a task sends what it writes. Made on the driver, sent to executors.
 *
 * @param batchBytes bytes of values that fill a batch, at least 1
 * @param batchRows rows that fill a batch, at least 1
 * @param inFlight requests that a task has open at once, at least 1
 * @param bufferBytes bytes of rows that wait for others of their partition, for each task
 * @param requestTimeout for one try of one batch
 * @param retryTime how long after its first failure a batch may be sent again
 */
public record SendConfig(
    ConsistencyLevel consistency,
    long batchBytes,
    int batchRows,
    int inFlight,
    long bufferBytes,
    Duration requestTimeout,
    Duration retryTime)
    implements Serializable {

  static SendConfig of(OptionResolver options) {
    return new SendConfig(
        options.get(WriteOptions.CONSISTENCY),
        options.get(WriteOptions.BATCH_BYTES),
        options.get(WriteOptions.BATCH_ROWS),
        options.get(WriteOptions.IN_FLIGHT),
        options.get(WriteOptions.BUFFER_SIZE),
        options.get(WriteOptions.REQUEST_TIMEOUT),
        options.get(WriteOptions.RETRY_TIME));
  }
}
