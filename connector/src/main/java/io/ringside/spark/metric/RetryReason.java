// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.metric;

/** Why a request is made again; the rungs of the retry ladder that cost a try. */
public enum RetryReason {
  /** Time-out of the server or of the client. */
  TIMEOUT,
  /** The server said that it was asked for too much at a time. */
  TOO_MUCH,
  /** The server or the client's limits asked for less. */
  OVERLOADED,
  /** A node, or too many of its peers, did not answer. */
  UNREACHABLE,
  /** The server failed inside. */
  SERVER_ERROR
}
