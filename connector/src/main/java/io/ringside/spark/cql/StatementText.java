// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.List;

/**
 * A CQL statement that somebody else wrote, rebuilt from what was read of it: comments and white
 * space are single spaces, strings between {@code $$} are between quotes, a semicolon at the end is
 * gone, and all else is letters, digits and signs of ASCII. Only this text may be sent. A server
 * that read the statement as it was written might see other words in it, as servers and checks
 * differ in what ends a comment. Pure.
 *
 * @param text the statement
 * @param tokens of the text in their order: words, strings and names with their quotes, and signs
 * @param words keywords, numbers and names without quotes, in upper case and in their order;
 *     nothing of comments, literals and quoted names
 * @param hasLiterals whether it has a string
 */
public record StatementText(
    String text, List<String> tokens, List<String> words, boolean hasLiterals) {
  /** Copies the lists. */
  public StatementText {
    tokens = List.copyOf(tokens);
    words = List.copyOf(words);
  }

  /** The first word if the statement begins with one, else the empty text. */
  public String firstWord() {
    boolean begins = !words.isEmpty() && Character.isLetter(text.charAt(0));
    return begins ? words.get(0) : "";
  }
}
