// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the numbers in the documents' prose true: where a page writes the name of an option with a
 * value in brackets behind it, as {@code `read.page-size` (1 MB)}, that is the option's default.
 */
class ProseDefaultsTest {
  private static final Pattern MENTION =
      Pattern.compile("`([a-z]+[a-z.-]*)` \\((\\d[\\d,]*(?: (?:KB|MB|GB|ms|s|m|h))?)\\)");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(page -> page.toString().endsWith(".md")).toList());
      pages.add(Path.of("../README.md"));
      return pages;
    }
  }

  /** The mentions whose value is not the default, and in {@code found} all of them. */
  private static List<String> wrong(String page, List<String> found) {
    List<String> wrong = new ArrayList<>();
    Matcher mention = MENTION.matcher(page);
    while (mention.find()) {
      for (ConfigOption<?> option : Options.ALL) {
        if (option.key().equals(mention.group(1)) && option.defaultText() != null) {
          found.add(mention.group());
          if (!sameValue(option, mention.group(2))) {
            wrong.add(mention.group() + " is " + option.defaultText());
          }
        }
      }
    }
    return wrong;
  }

  private static boolean sameValue(ConfigOption<?> option, String prose) {
    String text = prose.replace(",", "").replace(" ", "").toLowerCase(Locale.ROOT);
    return option
        .type()
        .parser()
        .apply(text)
        .equals(option.type().parser().apply(String.valueOf(option.defaultText())));
  }

  @Test
  void valuesBehindNamesOfOptionsAreTheirDefaults() throws IOException {
    List<String> found = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Path page : pages()) {
      wrong.addAll(wrong(Files.readString(page), found));
    }
    assertThat(wrong).isEmpty();
    assertThat(found).hasSizeGreaterThan(8);
  }

  @Test
  void findsAValueThatIsNotTheDefault() {
    assertThat(wrong("above `read.max-keys` (20,000) keys", new ArrayList<>()))
        .containsExactly("`read.max-keys` (20,000) is 200000");
    assertThat(wrong("of `read.page-size` (1 MB) each", new ArrayList<>())).isEmpty();
    assertThat(wrong("of `read.page-size` (2 MB) each", new ArrayList<>())).hasSize(1);
  }
}
