// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What executors with a process of their own start from: a folder with links to the jars on this
 * JVM's class path. A file {@code RELEASE} marks it as one of a release, so that Spark looks for
 * its jars nowhere else.
 *
 * @param directory also where processes run and write their logs
 * @param folders the folders of the class path, joined as a class path: executors need them besides
 *     the jars
 */
public record SparkHome(Path directory, String folders) {

  /**
   * Makes one.
   *
   * @param directory an empty one
   * @throws UncheckedIOException when it cannot be written
   */
  public static SparkHome make(Path directory) {
    List<String> folders = new ArrayList<>();
    try {
      Files.writeString(directory.resolve("RELEASE"), "");
      Path jars = Files.createDirectory(directory.resolve("jars"));
      int number = 0;
      for (String entry : classPath().split(File.pathSeparator, -1)) {
        if (entry.endsWith(".jar")) {
          Files.createSymbolicLink(jars.resolve(number++ + ".jar"), Path.of(entry));
        } else {
          folders.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SparkHome(directory, String.join(File.pathSeparator, folders));
  }

  /** This JVM's, also when a test runner has put it into the manifest of a jar. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
