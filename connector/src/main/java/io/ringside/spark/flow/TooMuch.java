// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the failures by which a server says that it was asked for too much at a time. */
final class TooMuch {
  /**
   * Codes of a read failure (native protocol specification, version 5, section 9, and Cassandra's
   * RequestFailureReason): too many tombstones, a read larger than {@code
   * local_read_size_fail_threshold}, too many SSTable indexes.
   */
  private static final Set<Integer> REASONS = Set.of(0x0001, 0x0004, 0x0007);

  /** The guardrail {@code page_size_fail_threshold}: CASSANDRA-16896. */
  private static final Pattern PAGE_SIZE =
      Pattern.compile("page size .*exceeds fail threshold", Pattern.CASE_INSENSITIVE);

  private TooMuch() {}

  /** Whether the error calls for less at a time. */
  static boolean isSaidBy(Throwable error) {
    if (error instanceof ReadFailureException failure) {
      return failure.getReasonMap().values().stream().anyMatch(REASONS::contains);
    }
    String text = String.valueOf(error.getMessage());
    if (error instanceof InvalidQueryException) {
      return PAGE_SIZE.matcher(text).find();
    }
    if (error instanceof ServerError) {
      return text.contains("OutOfMemoryError") || text.contains("TombstoneOverwhelmingException");
    }
    return error instanceof FrameTooLongException;
  }
}
