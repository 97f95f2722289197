// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

/** A place in a text that is read from left to right. Pure; one per text. */
final class TextCursor {
  private final String text;
  private int position;

  TextCursor(String text) {
    this.text = text;
  }

  /** The next character that is not white space; NUL at the end. */
  char peek() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length() ? text.charAt(position) : '\0';
  }

  /** Steps over the next character if it is the wanted one. */
  boolean accept(char wanted) {
    boolean found = peek() == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  /** Steps over the next character, which must be the wanted one. */
  void expect(char wanted) {
    if (!accept(wanted)) {
      throw wrong("'" + wanted + "' is missing");
    }
  }

  /** All characters up to one of these, white space around them left out; not empty. */
  String until(String ends) {
    peek();
    int start = position;
    while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String found = text.substring(start, position).strip();
    if (found.isEmpty()) {
      position = start;
      throw wrong("a name or value is missing");
    }
    return found;
  }

  /** What stands between two quotes; a doubled one stands for itself. */
  String quoted(char quote) {
    expect(quote);
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != quote) {
        value.append(c);
      } else if (position < text.length() && text.charAt(position) == quote) {
        value.append(c);
        position++;
      } else {
        return value.toString();
      }
    }
    throw wrong(quote + " is missing");
  }

  /** Fails unless the text has ended. */
  void expectEnd() {
    if (peek() != '\0') {
      throw wrong("'" + text.substring(position) + "' is too much");
    }
  }

  /** An error that says what is wrong, and where. */
  IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException(
        "'%s' cannot be read: at character %d %s".formatted(text, position + 1, reason));
  }
}
