// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a statement from left to right as Cassandra's lexer does ({@code Lexer.g} of 4.0 to 6.0),
 * and writes it anew. Pure; one per statement.
 */
public final class StatementReader {
  private static final String SPACES = " \t\n\r";
  private static final String SIGNS = ".,:()[]{}<>=!+-*/%?";
  private static final String DOLLARS = "$$";
  private static final String DROP = "DROP";

  private final String statement;
  private final boolean isPart;
  private final StringBuilder text = new StringBuilder();
  private final List<String> tokens = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private boolean hasLiterals;

  /** Whether the next token is apart from the last one. */
  private boolean gap;

  private boolean ended;
  private int at;

  private StatementReader(String statement, boolean isPart) {
    this.statement = statement;
    this.isPart = isPart;
  }

  /**
   * Reads a statement; whether it is right is the server's to say.
   *
   * @throws IllegalArgumentException when it is not one statement, or has something that no
   *     statement has; the message says where, and repeats nothing of it
   */
  public static StatementText read(String statement) {
    return new StatementReader(statement, false).read();
  }

  /**
   * Reads a part of a statement, which ends nothing and hides nothing: it has neither a semicolon
   * nor a comment.
   *
   * @throws IllegalArgumentException as above, and for these
   */
  public static StatementText readPart(String part) {
    return new StatementReader(part, true).read();
  }

  private StatementText read() {
    while (at < statement.length()) {
      char c = statement.charAt(at);
      if (SPACES.indexOf(c) >= 0) {
        skipTo(at + 1);
      } else if (isPart && (c == ';' || startsComment())) {
        throw wrong(c == ';' ? "there is a semicolon" : "there is a comment");
      } else if (statement.startsWith("/*", at)) {
        skipTo(after("*/", "a comment"));
      } else if (startsComment()) {
        skipTo(endOfLine());
      } else if (c == ';') {
        ended = true;
        skipTo(at + 1);
      } else {
        token(c);
      }
    }
    return new StatementText(text.toString(), tokens, words, hasLiterals);
  }

  private boolean startsComment() {
    return statement.startsWith("/*", at)
        || statement.startsWith("--", at)
        || statement.startsWith("//", at);
  }

  private void token(char c) {
    if (ended) {
      throw wrong("there is more than one statement");
    }
    if (statement.startsWith(DOLLARS, at)) {
      dollars();
    } else if (c == '\'') {
      hasLiterals = true;
      write(endOfQuotes(c, "a string"));
    } else if (c == '"') {
      write(endOfQuotes(c, "a name in quotes"));
    } else if (isOfWord(c)) {
      word();
    } else if (SIGNS.indexOf(c) >= 0) {
      write(at + 1);
    } else {
      throw wrong("CQL has no character U+%04X outside of quotes".formatted((int) c));
    }
  }

  private void dollars() {
    int end = after(DOLLARS, "a string");
    String literal = statement.substring(at + DOLLARS.length(), end - DOLLARS.length());
    hasLiterals = true;
    // Apart from its neighbours: two strings without a space between are one.
    gap = true;
    append(CqlText.string(literal));
    skipTo(end);
  }

  private void word() {
    int end = at;
    while (end < statement.length() && isOfWord(statement.charAt(end))) {
      end++;
    }
    String word = statement.substring(at, end).toUpperCase(Locale.ROOT);
    words.add(word);
    if (Character.isDigit(word.charAt(0)) && word.contains(DROP)) {
      // A number ends where it can; the server takes what follows for a word of its own.
      words.add(DROP);
    }
    write(end);
  }

  private void write(int end) {
    append(statement.substring(at, end));
    at = end;
  }

  private void append(String token) {
    if (gap && text.length() > 0) {
      text.append(' ');
    }
    text.append(token);
    tokens.add(token);
    gap = false;
  }

  private void skipTo(int end) {
    at = end;
    gap = true;
  }

  /** Of the end of a comment or string that starts here, after its first two characters. */
  private int after(String end, String what) {
    int found = statement.indexOf(end, at + 2);
    if (found < 0) {
      throw notClosed(what);
    }
    return found + end.length();
  }

  private int endOfLine() {
    int end = at;
    while (end < statement.length() && "\n\r".indexOf(statement.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Behind the closing quote; a doubled one is a part of the text. */
  private int endOfQuotes(char quote, String what) {
    int end = at + 1;
    while (true) {
      end = statement.indexOf(quote, end) + 1;
      if (end == 0) {
        throw notClosed(what);
      }
      if (end == statement.length() || statement.charAt(end) != quote) {
        return end;
      }
      end++;
    }
  }

  private static boolean isOfWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private IllegalArgumentException notClosed(String what) {
    return wrong(what + " is not closed");
  }

  private IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException("at character %d, %s".formatted(at + 1, reason));
  }
}
