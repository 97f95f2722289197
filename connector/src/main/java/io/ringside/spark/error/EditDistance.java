// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import java.util.Collection;
import java.util.Locale;

/** How many characters to insert, delete or replace to turn one text into another (Levenshtein). */
public final class EditDistance {
  /** How a name that nearly matches may differ: one edit for each of this many characters. */
  private static final int CHARACTERS_PER_EDIT = 3;

  private EditDistance() {}

  /**
   * The sentence that an error about an unknown name ends with: {@code " Did you mean 'x'?"}, or
   * the empty text when no name is near.
   */
  public static String suggestion(String unknown, Collection<String> names) {
    String nearest = null;
    int fewest = Math.max(2, unknown.length() / CHARACTERS_PER_EDIT);
    for (String name : names) {
      int edits = between(unknown.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits <= fewest) {
        fewest = edits;
        nearest = name;
      }
    }
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }

  /** The distance; 0 for equal texts. */
  public static int between(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
