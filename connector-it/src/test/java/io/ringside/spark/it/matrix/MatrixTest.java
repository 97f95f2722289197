// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the matrix is made of, without running it. */
class MatrixTest {
  private static final JavaHome OLD = new JavaHome(Path.of("old"), 17);
  private static final JavaHome NEW = new JavaHome(Path.of("new"), 25);
  private static final List<Combination> ALL = Combination.all(OLD, Optional.of(NEW));

  @Test
  void choosesByPartsOfLabels() {
    assertThat(Combination.named("", ALL)).isEqualTo(ALL);
    assertThat(Combination.named("4.0.4, 3.5.9_2.12", ALL))
        .extracting(Combination::toString)
        .containsExactly("3.5.9 2.12 5.0.9 17", "4.0.4 2.13 5.0.9 17");
    assertThat(Combination.named("cassandra6,jdk25", ALL))
        .extracting(Combination::toString)
        .containsExactly("4.2.0 2.13 6.0-alpha2 17", "4.2.0 2.13 5.0.9 25");
    assertThatThrownBy(() -> Combination.named("4.0.4,2.4", ALL))
        .hasMessageContaining("'2.4' is part of none")
        .hasMessageContaining("3.5.9_2.12-cassandra5.0.9-jdk17");
  }

  @Test
  void leavesTheNewestJavaOutWhereThereIsNone() {
    assertThat(Combination.all(OLD, Optional.empty())).isEqualTo(ALL.subList(0, ALL.size() - 1));
  }

  @Test
  void readsWhatAJdkSaysOfItself(@TempDir Path folder) throws IOException {
    assertThat(JavaHome.read(folder)).isEmpty();
    assertThat(JavaHome.read(JavaHome.current().directory())).contains(JavaHome.current());
  }

  @Test
  void countsOutcomes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("outcomes");
    assertThat(Outcomes.read(file)).isEqualTo(new Outcomes(0, List.of(), List.of(), List.of()));
    Files.writeString(
        file, "passed A.a\nfailed A.b: no\nleft out B: why\npassed A.c\nfact 4.2.0\n");
    assertThat(Outcomes.read(file))
        .isEqualTo(new Outcomes(2, List.of("A.b: no"), List.of("B: why"), List.of("4.2.0")));
  }

  @Test
  void writesTheTableBetweenItsMarks(@TempDir Path folder) throws IOException {
    Path document = folder.resolve("README.md");
    Map<Combination, Outcomes> results = new LinkedHashMap<>();
    results.put(ALL.get(0), new Outcomes(9, List.of(), List.of("B: why"), List.of()));
    Files.writeString(document, "before\n" + MatrixDocument.BEGIN + "old\n" + MatrixDocument.END);
    MatrixDocument.write(document, results);
    assertThat(document)
        .content()
        .startsWith("before\n")
        .endsWith("| 3.5.9 | 2.12 | 5.0.9 | 17 | 9 | 0 | 1 |\n" + MatrixDocument.END)
        .doesNotContain("old");
    Files.writeString(document, "nothing");
    assertThatThrownBy(() -> MatrixDocument.write(document, results))
        .hasMessageContaining("its marks are gone");
  }

  /** Versions are changed in one place; the README must follow with a run of the matrix. */
  @Test
  void readmeHasEveryCombination() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    for (Combination one : Combination.all(OLD, Optional.empty())) {
      assertThat(readme)
          .containsPattern(
              "\\| %s \\| %s \\| %s \\| %d \\| [1-9]\\d* \\| 0 \\|"
                  .formatted(one.spark(), one.scala(), one.cassandra(), one.java().feature()));
    }
  }
}
