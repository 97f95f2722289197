// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.Locale;

/** Which rows a lookup join has; the Dataset is its left side. Sent to executors. */
public enum JoinKind {
  /** A row of the Dataset for each row of the table that has its key. */
  INNER("inner"),
  /** As {@link #INNER}, and each row of the Dataset without such a row once. */
  LEFT_OUTER("left"),
  /** Each row of the Dataset whose key the table has, once. */
  LEFT_SEMI("leftsemi"),
  /** Each row of the Dataset whose key the table does not have. */
  LEFT_ANTI("leftanti");

  private final String label;

  JoinKind(String label) {
    this.label = label;
  }

  /** Whether the result has columns of the table. */
  boolean givesTableColumns() {
    return this == INNER || this == LEFT_OUTER;
  }

  /**
   * The kind of this name, as Spark's {@code join} names it: in any case, with spaces, underscores
   * or neither.
   *
   * @throws InvalidInputException INVALID_VALUE when there is none
   */
  public static JoinKind named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "")) {
      case "inner" -> INNER;
      case "left", "leftouter" -> LEFT_OUTER;
      case "semi", "leftsemi" -> LEFT_SEMI;
      case "anti", "leftanti" -> LEFT_ANTI;
      default ->
          throw new InvalidInputException(
              ErrorCode.INVALID_VALUE,
              "Cannot join by '%s': it is no kind of lookup join. Use one of inner, left, leftsemi, leftanti."
                  .formatted(name));
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
