// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Relations of a {@code WHERE} clause that a user wrote, checked so that they stay within the
 * clause that they are put into: whatever a server reads of them, it is not another clause, another
 * statement or a marker for a value. Whether they are right is the server's to say. Pure.
 */
public final class WhereText {
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /** Reserved words, which begin what may follow a {@code WHERE} clause. */
  private static final Set<String> AFTER_WHERE = Set.of("ALLOW", "ORDER", "LIMIT");

  /** What may follow as well, by words that may also be names. */
  private static final Set<String> PAIRS = Set.of("GROUP BY", "PER PARTITION");

  private final Deque<Character> open = new ArrayDeque<>();
  private String before = "";

  private WhereText() {}

  /**
   * The relations as they may be sent, after others and {@code AND}.
   *
   * @throws IllegalArgumentException when they are not relations alone; the message says why, and
   *     repeats none of their values
   */
  public static String of(String text) {
    StatementText read = StatementReader.readPart(text);
    if (read.tokens().isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    new WhereText().check(read.tokens());
    return read.text();
  }

  private void check(List<String> tokens) {
    for (String token : tokens) {
      char first = token.charAt(0);
      if (Character.isLetterOrDigit(first) || first == '_') {
        checkWord(token.toUpperCase(Locale.ROOT));
      } else if (first != '\'' && first != '"') {
        checkSign(first);
      }
      before = token.toUpperCase(Locale.ROOT);
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("'%s' is not closed".formatted(open.peek()));
    }
  }

  private void checkWord(String word) {
    if (AFTER_WHERE.contains(word) || PAIRS.contains(before + ' ' + word)) {
      throw new IllegalArgumentException(
          "%s is no part of a condition".formatted(word.equals("BY") ? "GROUP BY" : word));
    }
    // A number ends where it can; the server takes what follows for a word of its own.
    boolean isNumber = Character.isDigit(word.charAt(0));
    if (isNumber
        && (AFTER_WHERE.stream().anyMatch(word::contains)
            || word.contains("GROUP")
            || word.contains("PER"))) {
      throw new IllegalArgumentException("a number is not apart from the word behind it");
    }
  }

  /** Whether a colon here is that of an entry in the literal of a map or user-defined type. */
  private boolean isBehindKey() {
    return !open.isEmpty()
        && open.peek() == '{'
        && "({[,:".indexOf(before.charAt(before.length() - 1)) < 0;
  }

  private void checkSign(char sign) {
    if (OPENING.indexOf(sign) >= 0) {
      if (sign == '(' && before.equals("TOKEN")) {
        throw new IllegalArgumentException(
            "token(...) is for the token ranges of the scan; use option 'read.token-ranges' or a"
                + " predicate with the function token");
      }
      open.push(sign);
    } else if (CLOSING.indexOf(sign) >= 0) {
      if (open.isEmpty() || OPENING.indexOf(open.pop()) != CLOSING.indexOf(sign)) {
        throw new IllegalArgumentException("'%s' closes nothing".formatted(sign));
      }
    } else if (sign == '?' || (sign == ':' && !isBehindKey())) {
      throw new IllegalArgumentException("it has a marker for a value; write the value itself");
    }
  }
}
