// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's full name as Spark SQL writes it: {@code ks.t} or {@code `my ks`.`a.b`}. Names are
 * exactly as stored. Pure.
 */
record TableName(String keyspace, String table) {
  private static final String PART = "(?:`((?:[^`]|``)+)`|([^`.]+))";
  private static final Pattern NAME = Pattern.compile(PART + "\\." + PART);

  /**
   * Reads a name.
   *
   * @throws InvalidInputException INVALID_VALUE unless it has two parts
   */
  static TableName parse(String text) {
    Matcher name = NAME.matcher(text.strip());
    if (!name.matches()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot find table '%s': it is not a full name. Write keyspace.table, in back quotes where a name"
                  .formatted(text)
              + " has a dot.");
    }
    return new TableName(part(name, 1), part(name, 3));
  }

  private static String part(Matcher name, int group) {
    String quoted = name.group(group);
    return quoted == null ? name.group(group + 1) : quoted.replace("``", "`");
  }
}
