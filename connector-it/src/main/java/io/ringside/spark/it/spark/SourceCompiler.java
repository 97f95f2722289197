// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Compiles sources that need another class path than this module's, or that are not there before a
 * test runs, with the JDK at hand.
 */
public final class SourceCompiler {
  private SourceCompiler() {}

  /**
   * Compiles one source.
   *
   * @param classes the folder for its classes, made if needed
   * @return that folder
   * @throws IllegalStateException when the source does not compile; with what the compiler says
   * @throws UncheckedIOException when the folder cannot be made
   */
  public static Path compile(Path source, List<Path> classPath, Path classes) {
    try {
      Files.createDirectories(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                said,
                said,
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                join(classPath),
                source.toString());
    if (failed != 0) {
      throw new IllegalStateException(
          "Cannot compile %s:%n%s".formatted(source, said.toString(StandardCharsets.UTF_8)));
    }
    return classes;
  }

  /** The jar or folder that a class comes from. */
  public static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A class path as an option of the JDK's tools takes it. */
  public static String join(List<Path> classPath) {
    return String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList());
  }
}
