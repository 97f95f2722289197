// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

/**
 * What a contender did in one run.
 *
 * @param rows read or written
 * @param wallNanos from request to answer
 * @param cpuNanos of the contender's process, all threads
 * @param allocatedBytes of its heap, by the threads that were there before and after
 * @param peakHeapBytes since its last run
 * @param serverCpuNanos of Cassandra's process meanwhile
 * @param requests of reads, each page of an answer one; of writes, each batch one
 */
record Measurement(
    long rows,
    long wallNanos,
    long cpuNanos,
    long allocatedBytes,
    long peakHeapBytes,
    long serverCpuNanos,
    long requests) {

  /** The same with what the server counted. */
  Measurement withRequests(long number) {
    return new Measurement(
        rows, wallNanos, cpuNanos, allocatedBytes, peakHeapBytes, serverCpuNanos, number);
  }
}
