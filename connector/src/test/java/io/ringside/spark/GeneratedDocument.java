// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document in {@code docs} that is written from the code. */
public final class GeneratedDocument {
  private static final Path DIRECTORY = Path.of("..", "docs");

  private GeneratedDocument() {}

  /** Fails when the document differs; with {@code -Dupdate-docs} writes it first. */
  public static void check(String name, String content) throws IOException {
    Path document = DIRECTORY.resolve(name);
    if (System.getProperty("update-docs") != null) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(document, content);
    }
    assertThat(document).content().isEqualTo(content);
  }
}
