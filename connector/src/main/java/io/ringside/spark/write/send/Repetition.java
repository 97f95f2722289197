// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

/**
 * What may be done with a mutation once more, when its answer did not come or Spark runs its task
 * again. Ordered from what may always be repeated to what never may.
 */
public enum Repetition {
  /** It sets cells: the same however often it is done. */
  SAME,
  /**
   * It sets a list that is not frozen. The server makes new cells for the elements and deletes
   * those of an earlier time: done twice at one write time, both stay; at a later time, each
   * element is there once.
   */
  LATER,
  /**
   * It depends on a condition. When the request is sent again, it is unknown whether the first one
   * was applied; a task that runs again checks the condition anew, which is right.
   */
  CHECKED,
  /** It adds to counters or lists, or sets a list at a given time: done twice, it adds twice. */
  NEVER;

  /** Whether a task, an epoch or a job that makes such mutations may be run again. */
  public boolean allowsTasksAgain() {
    return this != NEVER;
  }

  /** The one of two that allows less. */
  public Repetition and(Repetition other) {
    return compareTo(other) < 0 ? other : this;
  }
}
