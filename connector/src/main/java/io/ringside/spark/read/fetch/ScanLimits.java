// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.config.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * How much a scan does at once and how long it tries. One per task.
 *
 * @param targetsInFlight token ranges or partitions read at the same time, at least 1
 * @param bufferBytes bytes of heap of pages that may be under way or wait
 * @param retryMillis how long after its first failure a page, or a part of a target, may be tried
 *     again
 * @param rows a task needs no more rows than this; 0 for no limit
 * @param cutAtOnce whether a request that took too long is helped by a smaller target, not by a
 *     smaller page: the server reads all of it before it answers
 * @param hedged whether a second owner is asked for a page that the first does not answer
 * @param rate the task's part of the scan's rate limit, or null
 */
public record ScanLimits(
    int targetsInFlight,
    long bufferBytes,
    long retryMillis,
    int rows,
    boolean cutAtOnce,
    boolean hedged,
    @Nullable RateLimit rate) {}
