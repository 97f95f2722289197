// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
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
  private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`|([^`./\\s]+)");

  /**
   * Reads one or two names with a point between them, in back quotes where they need them.
   *
   * @throws ConnectorException INVALID_OPTION if it is neither
   */
  static TablePath parse(String path) {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(path);
    int at = 0;
    while (at < path.length() && name.find(at) && name.start() == at) {
      names.add(name.group(1) == null ? name.group(2) : name.group(1).replace("``", "`"));
      boolean more = name.end() < path.length() && path.charAt(name.end()) == '.';
      at = more ? name.end() + 1 : name.end();
      if (!more) {
        break;
      }
    }
    boolean whole = at == path.length() && !path.endsWith(".");
    if (!whole || names.isEmpty() || names.size() > 2) {
      throw new ConnectorException(
          ErrorCode.INVALID_OPTION,
          "Cannot find a Cassandra table: '%s' is no name of a table. Write <keyspace>.<table>, with names in back quotes that have other characters than letters, digits and '_'."
              .formatted(path));
    }
    return names.size() == 1
        ? new TablePath(null, names.get(0))
        : new TablePath(names.get(0), names.get(1));
  }
}
