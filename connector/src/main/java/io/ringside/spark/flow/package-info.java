// SPDX-License-Identifier: Apache-2.0
/**
 * How work goes on when the cluster is slow, away or has a limit: what a failure calls for, the
 * retry ladder, pacing, the rate of a job, the life of a task. May import everything below it.
 */
@NullMarked
package io.ringside.spark.flow;

import org.jspecify.annotations.NullMarked;
