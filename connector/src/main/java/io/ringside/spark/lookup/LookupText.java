// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a lookup join from text, with names in back quotes where they have other
 * characters than letters, digits and underscores. Pure. Driver only.
 */
public final class LookupText {
  private static final String NAME = "\\s*(?:`((?:[^`]|``)+)`|([\\p{L}\\p{N}_]+))\\s*";
  private static final Pattern PAIR = Pattern.compile(NAME + "=" + NAME + "(?:,|$)");
  private static final Pattern SAME = Pattern.compile(NAME + "(?:,|$)");
  private static final Pattern COLUMN =
      Pattern.compile(NAME + "(?:(?<=[\\s`])(?i:AS)(?=[\\s`])" + NAME + ")?(?:,|$)");

  private LookupText() {}

  /**
   * Equal columns: {@code ofDataset = ofTable, …}, or one name alone where it is that of both.
   *
   * @throws InvalidInputException INVALID_VALUE when it is something else
   */
  public static List<KeyPair> pairs(String text) {
    return list(
        text,
        "the equal columns",
        "a = b, c = d",
        List.of(
            new Form<>(PAIR, found -> new KeyPair(name(found, 1), name(found, 3))),
            new Form<>(SAME, found -> new KeyPair(name(found, 1), name(found, 1)))));
  }

  /**
   * Columns of the table: {@code name} or {@code name AS alias}, with commas between them.
   *
   * @throws InvalidInputException INVALID_VALUE when it is something else
   */
  public static List<TableColumn> columns(String text) {
    return list(
        text,
        "the columns",
        "a, b AS c",
        List.of(new Form<>(COLUMN, found -> new TableColumn(name(found, 1), alias(found)))));
  }

  /** How one entry of a list may look. */
  private record Form<T>(Pattern pattern, Function<Matcher, T> value) {}

  private static <T> List<T> list(String text, String what, String example, List<Form<T>> forms) {
    List<T> entries = new ArrayList<>();
    int at = 0;
    do {
      int before = at;
      for (Form<T> form : forms) {
        Matcher found = form.pattern().matcher(text).region(at, text.length());
        if (at == before && found.lookingAt()) {
          entries.add(form.value().apply(found));
          at = found.end();
        }
      }
      if (at == before) {
        throw new InvalidInputException(
            ErrorCode.INVALID_VALUE,
            "Cannot read %s '%s' of a lookup join from '%s' on. Write them as in '%s', with names in back quotes that have other characters than letters, digits and '_'."
                .formatted(what, text, text.substring(at), example));
      }
    } while (at < text.length() || text.endsWith(","));
    return entries;
  }

  private static String alias(Matcher found) {
    boolean named = found.group(3) != null || found.group(4) != null;
    return name(found, named ? 3 : 1);
  }

  private static String name(Matcher found, int group) {
    @Nullable String quoted = found.group(group);
    return quoted == null ? found.group(group + 1) : quoted.replace("``", "`");
  }
}
