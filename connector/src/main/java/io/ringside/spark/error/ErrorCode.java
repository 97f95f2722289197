// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

/** What kind of thing went wrong; stable across releases, for programs that handle errors. */
public enum ErrorCode {
  /** One or more options are unknown, malformed or contradict each other. */
  INVALID_OPTION(
      "One or more options are unknown, malformed or contradict each other.",
      Place.DRIVER,
      "Correct the options that the message names. All wrong options of a call are in one"
          + " message."),
  /** No session could be opened: hosts, credentials, TLS or local data centre. */
  CONNECTION_FAILED(
      "No session could be opened.",
      Place.BOTH,
      "Check the contact points, the port, the credentials, TLS and the local data centre. The"
          + " message holds the answer of each contact point."),
  /** The keyspace or table does not exist. */
  NOT_FOUND(
      "The keyspace, the table or the procedure does not exist.",
      Place.DRIVER,
      "Correct the name. The message suggests similar names."),
  /** The user of the connection may not do it. */
  NO_PERMISSION(
      "The user of the connection may not read or write the table.",
      Place.DRIVER,
      "Let an administrator run the `GRANT` that the message holds, or connect as another user."),
  /** The table, view or partitioner cannot be read or written by this connector. */
  UNSUPPORTED_TABLE(
      "The connector cannot read or write a table, a view or a cluster of this kind.",
      Place.DRIVER,
      "Use the table behind a view, or a cluster with the Murmur3 or the random partitioner."),
  /** A CQL or Spark type has no counterpart. */
  UNSUPPORTED_TYPE(
      "A CQL type has no counterpart in Spark, or the other way round.",
      Place.DRIVER,
      "Leave the column out of the query, or choose another type. See [types](types.md)."),
  /** The columns of the data do not fit the table. */
  INVALID_SCHEMA(
      "The columns of the data do not fit the table.",
      Place.DRIVER,
      "Add, remove or cast the columns that the message names. Nothing was sent."),
  /** A value cannot be represented on the other side without loss. */
  INVALID_VALUE(
      "A value cannot be represented on the other side without loss.",
      Place.TASK,
      "Correct the value of the column that the message names, or choose a wider type. The message"
          + " holds keys, never the values of other cells."),
  /** A page could not be read although every step of the retry ladder was tried. */
  READ_FAILED(
      "A page could not be read although all replicas were tried, later and with less data.",
      Place.TASK,
      "See the last answer in the message and the logs of the nodes that it names. Then run the"
          + " query again."),
  /** A mutation was refused, or not acknowledged within the time allowed. */
  WRITE_FAILED(
      "A mutation was refused, or not acknowledged within the time allowed.",
      Place.TASK,
      "See the last answer in the message and the logs of the nodes. Other rows of the job may be"
          + " written already. Running the job again is safe unless the message says otherwise."),
  /** A schema statement was refused by the server. */
  DDL_FAILED(
      "The server refused a statement that changes the schema.",
      Place.DRIVER,
      "See the server's reason and the statement in the message."),
  /** The operation is not possible in Cassandra or not offered by this connector. */
  UNSUPPORTED_OPERATION(
      "The operation is not possible in Cassandra, or the connector does not offer it.",
      Place.DRIVER,
      "Use what the message offers instead.");

  /** Where an error is thrown. */
  public enum Place {
    /** On the Spark driver, before any task starts. */
    DRIVER("driver"),
    /** In a task of an executor; Spark repeats the task and then fails the job. */
    TASK("task"),
    /** On the Spark driver or in a task. */
    BOTH("driver or task");

    private final String text;

    Place(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final String meaning;
  private final Place place;
  private final String advice;

  ErrorCode(String meaning, Place place, String advice) {
    this.meaning = meaning;
    this.place = place;
    this.advice = advice;
  }

  /** What went wrong, as a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Where the error is thrown as a rule. */
  public Place place() {
    return place;
  }

  /** What a user can do about it, as sentences. */
  public String advice() {
    return advice;
  }
}
