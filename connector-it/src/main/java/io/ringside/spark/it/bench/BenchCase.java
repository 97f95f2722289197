// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured. Each contender does the same by its own means. */
enum BenchCase {
  /** All 8 columns of the main table, thrown away. */
  SCAN_ALL,
  /** 2 of the 8 columns. */
  SCAN_NARROW,
  /** 100 columns; a twentieth of the rows. */
  SCAN_WIDE,
  /** Texts of 1 KB; a tenth of the rows. */
  SCAN_TEXT,
  /** A list, a set, a map and a user-defined type; a fifth of the rows. */
  SCAN_COLLECTIONS,
  /** All columns of a sixteenth of the rows: what a row costs with n, 4n and 16n of them. */
  SCAN_SCALE_1,
  /** All columns of a quarter of the rows. */
  SCAN_SCALE_4,
  /** All columns of all rows. */
  SCAN_SCALE_16,
  /** {@code count(*)}. */
  COUNT,
  /** A tenth of the rows by a clustering column. */
  FILTER_CLUSTERING,
  /** 1,000 partitions by key. */
  LOOKUP_1000,
  /** A tenth as many keys as rows, joined with a table of five times the rows. */
  JOIN_SMALL,
  /** A tenth as many keys as rows, unfiltered, looked up in a table of five times the rows. */
  LOOKUP_JOIN,
  /** As many keys as rows, unfiltered, looked up in the same table. */
  LOOKUP_JOIN_LARGE,
  /** 40 rows: planning and running. */
  SMALL_TABLE,
  /** From the start of a JVM to the 40 rows. */
  COLD,
  /** All rows in the order of their keys. */
  WRITE_SORTED,
  /** All rows in random order. */
  WRITE_RANDOM,
  /** As sorted, half of the cells null. */
  WRITE_NULLS;

  static final List<String> NAMES = Arrays.stream(values()).map(BenchCase::label).toList();

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The cases of a comma-separated list of names, or of beginnings of names. */
  static List<BenchCase> named(String list) {
    return Arrays.stream(list.split(",")).flatMap(name -> starting(name.trim()).stream()).toList();
  }

  private static List<BenchCase> starting(String name) {
    for (BenchCase one : values()) {
      if (one.label().equals(name)) {
        return List.of(one);
      }
    }
    List<BenchCase> starting =
        Arrays.stream(values()).filter(one -> one.label().startsWith(name + '-')).toList();
    if (starting.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot run case '%s'. Use some of %s.".formatted(name, NAMES));
    }
    return starting;
  }

  boolean isWrite() {
    return this == WRITE_SORTED || this == WRITE_RANDOM || this == WRITE_NULLS;
  }
}
