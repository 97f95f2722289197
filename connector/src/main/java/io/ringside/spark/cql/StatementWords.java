// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a CQL statement that somebody else wrote: keywords, numbers and names without
 * quotes. Pure.
 *
 * @param words in upper case, in their order; nothing of comments, literals and quoted names
 * @param hasLiterals whether it has a string between {@code '} or {@code $$}
 */
public record StatementWords(List<String> words, boolean hasLiterals) {
  /** Copies the words. */
  public StatementWords {
    words = List.copyOf(words);
  }

  /** Reads a statement, which need not be right: what is not closed ends with it. */
  public static StatementWords of(String statement) {
    List<String> words = new ArrayList<>();
    boolean literals = false;
    int at = 0;
    while (at < statement.length()) {
      char c = statement.charAt(at);
      if (statement.startsWith("/*", at)) {
        at = after(statement, "*/", at + 2);
      } else if (statement.startsWith("--", at) || statement.startsWith("//", at)) {
        at = after(statement, "\n", at + 2);
      } else if (statement.startsWith("$$", at)) {
        literals = true;
        at = after(statement, "$$", at + 2);
      } else if (c == '\'' || c == '"') {
        // A doubled quote inside ends one and starts the next, which is as good.
        literals |= c == '\'';
        at = after(statement, String.valueOf(c), at + 1);
      } else if (Character.isLetterOrDigit(c) || c == '_') {
        int start = at;
        while (at < statement.length() && isOfWord(statement.charAt(at))) {
          at++;
        }
        words.add(statement.substring(start, at).toUpperCase(Locale.ROOT));
      } else {
        at++;
      }
    }
    return new StatementWords(words, literals);
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static int after(String statement, String end, int from) {
    int found = statement.indexOf(end, from);
    return found < 0 ? statement.length() : found + end.length();
  }
}
