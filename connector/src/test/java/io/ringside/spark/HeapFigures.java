// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures of a table in {@code docs/operating.md}, which say how much live heap a task holds at
 * most. Each line of the table is {@code | what the rows are | 26 MB |}.
 */
public final class HeapFigures {
  private static final Path PAGE = Path.of("..", "docs", "operating.md");
  private static final Pattern LINE = Pattern.compile("(?m)^\\| (.+) \\| (\\d+) MB \\|$");
  private static final long MEGABYTE = 1 << 20;

  private final Map<String, Long> megabytes;

  private HeapFigures(Map<String, Long> megabytes) {
    this.megabytes = megabytes;
  }

  /** The table between the lines {@code <!-- section -->} and {@code <!-- end -->}. */
  public static HeapFigures read(String section) throws IOException {
    String page = Files.readString(PAGE);
    String mark = "<!-- " + section + " -->\n";
    int start = page.indexOf(mark);
    int end = page.indexOf("<!-- end -->", Math.max(0, start));
    assertThat(start).as("where the section '%s' begins", section).isNotNegative();
    assertThat(end).as("where the section '%s' ends", section).isGreaterThan(start);
    Map<String, Long> megabytes = new LinkedHashMap<>();
    Matcher line = LINE.matcher(page.substring(start + mark.length(), end));
    while (line.find()) {
      megabytes.put(line.group(1), Long.valueOf(line.group(2)));
    }
    return new HeapFigures(megabytes);
  }

  /** What the rows of the table's lines are, in their order. */
  public List<String> names() {
    return List.copyOf(megabytes.keySet());
  }

  /**
   * Fails when a task has held more than the table says, when the table says more than three times
   * what it has held, or more than is allowed.
   *
   * @param heldBytes measured
   * @param mostBytes allowed
   */
  public void check(String name, long heldBytes, long mostBytes) {
    assertThat(megabytes).containsKey(name);
    long figure = megabytes.getOrDefault(name, 0L) * MEGABYTE;
    assertThat(figure).as("the figure of '%s' in %s", name, PAGE).isLessThanOrEqualTo(mostBytes);
    assertThat(heldBytes)
        .as("bytes of heap of a task, %s, of which %s says %d", name, PAGE, figure)
        .isBetween(figure / 3, figure);
  }
}
