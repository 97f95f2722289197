// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The table of the README: what a complete run of the matrix printed. */
final class MatrixDocument {
  static final String BEGIN = "<!-- written by mvn -q -Pmatrix verify -Dmatrix.docs -->\n";
  static final String END = "<!-- end -->\n";

  private MatrixDocument() {}

  /**
   * Puts the table between its two marks.
   *
   * @throws IllegalStateException when the document lacks them
   */
  static void write(Path document, Map<Combination, Outcomes> results) throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "Cannot write the table of %s: its marks are gone. Put them back."
              .formatted(document.getFileName()));
    }
    Files.writeString(
        document, text.substring(0, begin + BEGIN.length()) + table(results) + text.substring(end));
  }

  private static String table(Map<Combination, Outcomes> results) {
    StringBuilder table =
        new StringBuilder(
            """
            | Spark | Scala | Cassandra | Java | tests passed | failed | left out |
            |---|---|---|---|---|---|---|
            """);
    results.forEach(
        (one, outcomes) ->
            table.append(
                "| %s | %s | %s | %d | %d | %d | %d |\n"
                    .formatted(
                        one.spark(),
                        one.scala(),
                        one.cassandra(),
                        one.java().feature(),
                        outcomes.passed(),
                        outcomes.failed().size(),
                        outcomes.leftOut().size())));
    return table.toString();
  }
}
