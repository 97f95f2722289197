// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

/**
 * The data of one node in one token range, as the node estimates it: a row of {@code
 * system.size_estimates}.
 *
 * @param bytes uncompressed bytes of one replica, not negative
 * @param partitions number of partition keys, not negative
 */
public record RangeEstimate(RingRange range, double bytes, double partitions) {}
