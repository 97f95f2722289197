// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import io.ringside.spark.it.cassandra.ClusterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One cell of the matrix.
 *
 * @param spark its version
 * @param scala its binary version
 * @param cassandra the server's version
 * @param java that runs the tests; Cassandra runs on the oldest of the matrix
 */
record Combination(String spark, String scala, String cassandra, JavaHome java) {
  private static final String NEWEST_SPARK = "4.2.0";
  private static final String NEWEST_SCALA = "2.13";

  /**
   * All of them: every Spark on the default Cassandra, every other Cassandra on the newest Spark,
   * and that on the newest Java as well.
   *
   * @param newest empty when there is none newer than the other
   */
  static List<Combination> all(JavaHome java, Optional<JavaHome> newest) {
    String cassandra = ClusterSpec.DEFAULT_VERSION;
    List<Combination> all = new ArrayList<>();
    all.add(new Combination("3.5.9", "2.12", cassandra, java));
    all.add(new Combination("3.5.9", "2.13", cassandra, java));
    all.add(new Combination("4.0.4", "2.13", cassandra, java));
    all.add(new Combination("4.1.3", "2.13", cassandra, java));
    all.add(new Combination(NEWEST_SPARK, NEWEST_SCALA, cassandra, java));
    for (String other : List.of("4.0.19", "4.1.10", "6.0-alpha2")) {
      all.add(new Combination(NEWEST_SPARK, NEWEST_SCALA, other, java));
    }
    newest.ifPresent(home -> all.add(new Combination(NEWEST_SPARK, NEWEST_SCALA, cassandra, home)));
    return all;
  }

  /**
   * Those of all that a list names by parts of their labels, such as {@code 4.0.4,cassandra6}.
   *
   * @param names empty for all
   * @throws IllegalArgumentException when a name is part of no label
   */
  static List<Combination> named(String names, List<Combination> all) {
    if (names.isBlank()) {
      return all;
    }
    List<String> parts = Arrays.stream(names.split(",")).map(String::trim).toList();
    for (String part : parts) {
      if (all.stream().noneMatch(one -> one.label().contains(part))) {
        throw new IllegalArgumentException(
            "Cannot run the matrix: '%s' is part of none of %s. Name one of them."
                .formatted(part, all.stream().map(Combination::label).toList()));
      }
    }
    return all.stream().filter(one -> parts.stream().anyMatch(one.label()::contains)).toList();
  }

  /** For files and for {@code -Dmatrix}, such as {@code 4.2.0_2.13-cassandra5.0.9-jdk17}. */
  String label() {
    return "%s_%s-cassandra%s-jdk%d".formatted(spark, scala, cassandra, java.feature());
  }

  /** As the matrix prints it. */
  @Override
  public String toString() {
    return "%s %s %s %d".formatted(spark, scala, cassandra, java.feature());
  }
}
