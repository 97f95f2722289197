// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

/** How a task evaluates itself what a server does not finish in time. One per task. */
public interface FallBack {
  /** The work for one target's rows. */
  RowWork start();
}
