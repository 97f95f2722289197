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

  /**
   * The same for a part of a document, between the lines {@code <!-- name -->} and {@code <!-- end
   * -->}.
   */
  public static void checkSection(String name, String section, String content) throws IOException {
    Path document = DIRECTORY.resolve(name);
    String text = Files.readString(document);
    String mark = "<!-- " + section + " -->\n";
    int start = text.indexOf(mark) + mark.length();
    assertThat(start).as(section).isGreaterThanOrEqualTo(mark.length());
    int end = text.indexOf("<!-- end -->", start);
    assertThat(end).as(section).isPositive();
    check(name, text.substring(0, start) + content + text.substring(end));
  }
}
