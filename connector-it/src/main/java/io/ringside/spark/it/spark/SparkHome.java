// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What Spark's processes start from, executors with a process of their own among them: a folder
 * with links to jars. A file {@code RELEASE} marks it as one of a release, so that Spark looks for
 * its jars nowhere else.
 *
 * @param directory also where processes run and write their logs
 * @param scala Scala's version, such as {@code 2.13}
 * @param classPath of the processes
 * @param folders the folders of the class path, joined as a class path: executors need them besides
 *     the jars
 */
public record SparkHome(Path directory, String scala, String classPath, String folders) {

  /**
   * Makes one with all that this JVM has: Spark, the connector and the tests.
   *
   * @param directory an empty one
   * @throws UncheckedIOException when it cannot be written
   */
  public static SparkHome make(Path directory) {
    String classPath = ownClassPath();
    List<Path> jars = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        jars.add(Path.of(entry));
      } else {
        folders.add(entry);
      }
    }
    link(directory, jars);
    return new SparkHome(
        directory,
        SparkRelease.underTest().scala(),
        classPath,
        String.join(File.pathSeparator, folders));
  }

  /**
   * Makes one as a distribution has it: with the jars of Spark and nothing else.
   *
   * @param directory an empty one
   * @param release of the jars
   * @param jars those of {@link SparkRelease#jars}
   * @throws UncheckedIOException when it cannot be written
   */
  public static SparkHome make(Path directory, SparkRelease release, List<Path> jars) {
    List<Path> links = link(directory, jars);
    return new SparkHome(
        directory, release.scala(), SourceCompiler.join(links) + launcher(directory), "");
  }

  /** The same with a program on the class path. */
  public SparkHome with(Program program) {
    return new SparkHome(directory, scala, classPath + File.pathSeparator + program.jar(), folders);
  }

  private static List<Path> link(Path directory, List<Path> jars) {
    List<Path> links = new ArrayList<>();
    try {
      Files.writeString(directory.resolve("RELEASE"), "");
      Path folder = Files.createDirectory(directory.resolve("jars"));
      for (Path jar : jars) {
        // Numbered, as two may have one name.
        String name = links.size() + "-" + jar.getFileName();
        links.add(Files.createSymbolicLink(folder.resolve(name), jar));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return links;
  }

  /** The one class of ours that every process starts with, in a folder of its own. */
  private static String launcher(Path directory) {
    String name = WatchedMain.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("launcher").resolve(name);
    try (InputStream code = ClassLoader.getSystemResourceAsStream(name)) {
      Files.createDirectories(copy.getParent());
      Files.copy(Objects.requireNonNull(code, name), copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return File.pathSeparator + directory.resolve("launcher");
  }

  /** This JVM's, also when a test runner has put it into the manifest of a jar. */
  public static String ownClassPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
