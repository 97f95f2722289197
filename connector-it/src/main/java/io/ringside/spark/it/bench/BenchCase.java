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
  /** Texts of 1 KB; a tenth of the rows. */
  SCAN_TEXT,
  /** {@code count(*)}. */
  COUNT,
  /** A tenth of the rows by a clustering column. */
  FILTER_CLUSTERING,
  /** 1,000 partitions by key. */
  LOOKUP_1000,
  /** 40 rows: planning and running. */
  SMALL_TABLE,
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

  static BenchCase of(String label) {
    return Arrays.stream(values())
        .filter(one -> one.label().equals(label.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot run case '%s'. Use some of %s.".formatted(label, NAMES)));
  }

  boolean isWrite() {
    return this == WRITE_SORTED || this == WRITE_RANDOM || this == WRITE_NULLS;
  }
}
