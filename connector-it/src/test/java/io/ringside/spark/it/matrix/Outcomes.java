// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run of one combination came to.
 *
 * @param passed tests
 * @param failed tests, or classes that could not be set up, and why
 * @param leftOut tests or classes, and why
 * @param facts the versions of Spark, Scala, Cassandra and Java that ran, and the checksum of the
 *     connector's jar; empty when the run did not come to its end
 */
record Outcomes(int passed, List<String> failed, List<String> leftOut, List<String> facts) {
  static final String PASSED = "passed ";
  static final String FAILED = "failed ";
  static final String LEFT_OUT = "left out ";
  static final String FACT = "fact ";

  /** Reads what {@link MatrixTests} has written; nothing of a file that is not there. */
  static Outcomes read(Path file) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return new Outcomes(
        select(lines, PASSED).size(),
        select(lines, FAILED),
        select(lines, LEFT_OUT),
        select(lines, FACT));
  }

  private static List<String> select(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .toList();
  }
}
