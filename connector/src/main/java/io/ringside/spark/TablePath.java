// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code load("keyspace.table")} and {@code save("keyspace.table")} name: the option {@code
 * path} of Spark. Driver only.
 *
 * @param keyspace null if the path names a table alone
 */
record TablePath(@Nullable String keyspace, String table) {
  private static final String NAME = "(?:`((?:[^`]|``)+)`|([^`./\\s]+))";
  private static final Pattern PATH = Pattern.compile(NAME + "(?:\\." + NAME + ")?");

  /**
   * Reads one or two names with a point between them, in back quotes where they need them.
   *
   * @throws InvalidInputException INVALID_OPTION if it is neither
   */
  static TablePath parse(String path) {
    Matcher names = PATH.matcher(path);
    if (!names.matches()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot find a Cassandra table: '%s' is no name of a table. Write <keyspace>.<table>, with names in back quotes that have other characters than letters, digits and '_'."
              .formatted(path));
    }
    String first = name(names, 1);
    String second = name(names, 3);
    return second == null
        ? new TablePath(null, Objects.requireNonNull(first))
        : new TablePath(first, second);
  }

  /** The name in one of two groups, in back quotes or without, or null where neither matched. */
  private static @Nullable String name(Matcher names, int quoted) {
    String text = names.group(quoted);
    return text == null ? names.group(quoted + 1) : text.replace("``", "`");
  }
}
