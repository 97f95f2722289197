// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

/** What kind of thing went wrong; stable across releases, for programs that handle errors. */
public enum ErrorCode {
  /** One or more options are unknown, malformed or contradict each other. */
  INVALID_OPTION,
  /** No session could be opened: hosts, credentials, TLS or local data centre. */
  CONNECTION_FAILED,
  /** The keyspace or table does not exist. */
  NOT_FOUND,
  /** The table, view or partitioner cannot be read or written by this connector. */
  UNSUPPORTED_TABLE,
  /** A CQL or Spark type has no counterpart. */
  UNSUPPORTED_TYPE,
  /** The columns of the data do not fit the table. */
  INVALID_SCHEMA,
  /** A value cannot be represented on the other side without loss. */
  INVALID_VALUE,
  /** A page could not be read although every step of the retry ladder was tried. */
  READ_FAILED,
  /** A mutation was refused, or not acknowledged within the time allowed. */
  WRITE_FAILED,
  /** A schema statement was refused by the server. */
  DDL_FAILED,
  /** The operation is not possible in Cassandra or not offered by this connector. */
  UNSUPPORTED_OPERATION
}
