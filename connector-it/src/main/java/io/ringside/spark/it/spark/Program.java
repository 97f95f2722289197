// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * An application as users make one: a source of {@code src/main/programs}, compiled when a test
 * runs against the jars that it is to run with, in a jar of its own.
 *
 * @param jar with nothing but the program and what was put into it
 * @param mainClass its name
 */
public record Program(Path jar, String mainClass) {
  private static final Path SOURCES = Path.of("src", "main", "programs");

  /**
   * Compiles one of those.
   *
   * @param directory gets the classes and the jar
   * @param name of the class and of its file
   * @param classPath for the compiler
   * @throws IllegalStateException when it does not compile; with what the compiler says
   */
  public static Program compile(Path directory, String name, List<Path> classPath) {
    return compile(directory, SOURCES.resolve(name + ".java"), classPath, List.of());
  }

  /**
   * Compiles one of those and puts all classes of other jars into its jar too, as builds do that
   * make one jar of all.
   *
   * @param merged jars
   * @throws IllegalStateException when it does not compile; with what the compiler says
   */
  public static Program compile(
      Path directory, String name, List<Path> classPath, List<Path> merged) {
    return compile(directory, SOURCES.resolve(name + ".java"), classPath, merged);
  }

  /**
   * The jar of one class from anywhere, such as a plug-in.
   *
   * @throws IllegalStateException when it does not compile; with what the compiler says
   */
  public static Path jar(Path directory, Path source, List<Path> classPath) {
    return compile(directory, source, classPath, List.of()).jar();
  }

  private static Program compile(
      Path directory, Path source, List<Path> classPath, List<Path> merged) {
    String name = source.getFileName().toString().replaceFirst("\\.java$", "");
    Path classes = SourceCompiler.compile(source, classPath, directory.resolve(name + "-classes"));
    Path jar = directory.resolve(name + ".jar");
    write(jar, classes, merged);
    return new Program(jar, name);
  }

  private static void write(Path jar, Path classes, List<Path> merged) {
    Set<String> names = new HashSet<>();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          add(out, names, classes.relativize(file).toString().replace('\\', '/'), in);
        }
      }
      for (Path other : merged) {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(other))) {
          for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            add(out, names, entry.getName(), in);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first of a name counts. */
  private static void add(JarOutputStream out, Set<String> names, String name, InputStream content)
      throws IOException {
    if (!name.endsWith("/") && names.add(name)) {
      out.putNextEntry(new JarEntry(name));
      content.transferTo(out);
      out.closeEntry();
    }
  }
}
