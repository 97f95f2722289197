// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user writes after {@code IF}, with named values. Driver only.
 *
 * @param cql the text with positional markers in place of the names
 * @param names of the values, in the order of their markers
 */
public record ConditionText(String cql, List<String> names) {
  /**
   * A string, a quoted name or a marker; markers are {@code :name} and {@code :"Name"}. A colon
   * behind a string or word is that of a map's literal.
   */
  private static final Pattern PARTS =
      Pattern.compile(
          "'(?:[^']|'')*'"
              + "|(?<![\\w'\"]):(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z]\\w*))"
              + "|\"(?:[^\"]|\"\")*\"");

  /** Copies the list. */
  public ConditionText {
    names = List.copyOf(names);
  }

  /** Reads a condition; its syntax is left to the server. */
  public static ConditionText parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder cql = new StringBuilder();
    Matcher part = PARTS.matcher(text);
    while (part.find()) {
      String quoted = part.group(1);
      String name = quoted == null ? part.group(2) : quoted.replace("\"\"", "\"");
      if (name == null) {
        part.appendReplacement(cql, Matcher.quoteReplacement(part.group()));
      } else {
        names.add(name);
        part.appendReplacement(cql, "?");
      }
    }
    return new ConditionText(part.appendTail(cql).toString(), names);
  }
}
