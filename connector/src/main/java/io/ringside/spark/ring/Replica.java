// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.io.Serializable;
import java.util.UUID;

/**
 * A node that holds a copy of a token range. Sent to executors.
 *
 * @param hostId the node's id in the cluster
 * @param host its address as Spark compares it with its executors' hosts: an IP literal or a name
 */
public record Replica(UUID hostId, String host) implements Serializable {}
