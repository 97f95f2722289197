// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads map literals of schema statements: {@code {'class': 'X', 'enabled': false}}, and the
 * DataStax connector's {@code {class=X,enabled=false}}. Pure.
 */
public final class MapLiteral {
  private MapLiteral() {}

  /**
   * The entries, in the text's order; numbers and booleans as their text.
   *
   * @throws IllegalArgumentException that says what is wrong with the text
   */
  public static Map<String, String> parse(String text) {
    TextCursor cursor = new TextCursor(text);
    Map<String, String> entries = new LinkedHashMap<>();
    cursor.expect('{');
    if (!cursor.accept('}')) {
      do {
        String key = item(cursor);
        if (!cursor.accept('=')) {
          cursor.expect(':');
        }
        if (entries.put(key, item(cursor)) != null) {
          throw cursor.wrong("'" + key + "' is given twice");
        }
      } while (cursor.accept(','));
      cursor.expect('}');
    }
    cursor.expectEnd();
    return entries;
  }

  private static String item(TextCursor cursor) {
    return cursor.peek() == '\'' ? cursor.quoted('\'') : cursor.until(":=,{}'");
  }
}
