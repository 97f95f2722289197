// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import java.io.Serializable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of a cluster return about cells besides their values. Sent to executors.
 *
 * @param elementTimes whether {@code WRITETIME} and {@code TTL} of a collection or user-defined
 *     type that is not frozen answer one entry per element (CASSANDRA-8877); servers before 5.0
 *     refuse to answer
 * @param longTokens whether tokens are 64-bit integers
 */
public record ServerFeatures(boolean elementTimes, boolean longTokens) implements Serializable {
  /** Nothing but values. */
  public static final ServerFeatures NONE = new ServerFeatures(false, false);

  private static final int FIRST_WITH_ELEMENT_TIMES = 5;

  /**
   * The features that all nodes have: any of them may be asked.
   *
   * @param versions of Cassandra, one of each node, for example {@code 4.1.10} or {@code
   *     6.0-alpha2}; null where a node does not publish it
   * @param partitioner the partitioner's class name, or null when the cluster publishes no tokens
   */
  public static ServerFeatures of(
      Collection<@Nullable String> versions, @Nullable String partitioner) {
    boolean elements =
        !versions.isEmpty()
            && versions.stream().allMatch(version -> major(version) >= FIRST_WITH_ELEMENT_TIMES);
    return new ServerFeatures(
        elements, partitioner != null && partitioner.endsWith("Murmur3Partitioner"));
  }

  /** The number before the first dot, 0 when there is none. */
  private static int major(@Nullable String version) {
    String first = version == null ? "" : version.split("[.-]", 2)[0];
    return first.matches("[0-9]{1,4}") ? Integer.parseInt(first) : 0;
  }
}
