// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A column of a clustering key and its order. Pure.
 *
 * @param name exactly as stored
 */
public record ClusteringColumn(String name, boolean descending) {
  /**
   * Reads a clustering key: {@code at DESC, "MiXed Case" ASC, sequence}; names in double quotes
   * where they are not plain, and exactly as stored in either case. The DataStax connector's {@code
   * at.desc, sequence.asc} means the same.
   *
   * @throws IllegalArgumentException that says what is wrong with the text
   */
  public static List<ClusteringColumn> parse(String text) {
    TextCursor cursor = new TextCursor(text);
    List<ClusteringColumn> columns = new ArrayList<>();
    do {
      String name =
          cursor.peek() == '"' ? cursor.quoted('"') : cursor.until(" \t\r\n.,\"").toString();
      cursor.accept('.');
      char next = cursor.peek();
      String order = next == ',' || next == '\0' ? "asc" : cursor.until(",");
      columns.add(new ClusteringColumn(name, isDescending(cursor, order)));
    } while (cursor.accept(','));
    cursor.expectEnd();
    return columns;
  }

  private static boolean isDescending(TextCursor cursor, String order) {
    return switch (order.toLowerCase(Locale.ROOT)) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw cursor.wrong("'" + order + "' is neither 'asc' nor 'desc'");
    };
  }

  /** The text that {@link #parse} reads, and {@code CLUSTERING ORDER BY} takes. */
  public static String text(List<ClusteringColumn> columns) {
    return columns.stream()
        .map(column -> CqlText.name(column.name) + (column.descending ? " DESC" : " ASC"))
        .collect(Collectors.joining(", "));
  }
}
