// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documents, for tests that do what it says. */
final class Page {
  private Page() {}

  /** The text of a page in {@code docs}. */
  static String read(String name) {
    try {
      return Files.readString(Path.of("..", "docs", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
