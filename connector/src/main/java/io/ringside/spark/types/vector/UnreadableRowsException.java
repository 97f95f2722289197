// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

/**
 * Rows are not what their header says. Whoever knows of which table they are says so: the message
 * is the reason and what to do.
 */
public final class UnreadableRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Rows that nobody can read.
   *
   * @param reason with values, and what to do, in full sentences but for the first letter
   */
  UnreadableRowsException(String reason) {
    super(reason);
  }

  /**
   * Rows that no Cassandra answers.
   *
   * @param reason what is wrong with them, with values, without a full stop
   */
  public static UnreadableRowsException damaged(String reason) {
    return new UnreadableRowsException(
        reason
            + ". The answer was damaged on its way, or what answered is not Cassandra: run the query"
            + " again, and look at the logs of the nodes.");
  }
}
