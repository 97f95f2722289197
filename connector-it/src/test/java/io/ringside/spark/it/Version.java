// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first two numbers of a version of Spark or Cassandra, by which they differ in what they can.
 */
public record Version(int major, int minor) implements Comparable<Version> {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the text does not start with two numbers
   */
  public static Version of(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("'%s' is not a version".formatted(text));
    }
    return new Version(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  /** Whether it is that version or a later one. */
  public boolean atLeast(String other) {
    return compareTo(of(other)) >= 0;
  }

  @Override
  public int compareTo(Version other) {
    return Comparator.comparingInt(Version::major)
        .thenComparingInt(Version::minor)
        .compare(this, other);
  }
}
