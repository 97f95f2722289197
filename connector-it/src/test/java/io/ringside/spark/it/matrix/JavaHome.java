// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.matrix;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param directory with {@code bin/java}
 * @param feature such as 17
 */
record JavaHome(Path directory, int feature) {

  /** The one that runs this JVM. */
  static JavaHome current() {
    return new JavaHome(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * The newest that the environment names ({@code JAVA_HOME} and what starts so) or that is where
   * installers put them.
   *
   * @return empty when none is newer than this JVM's
   */
  static Optional<JavaHome> newest() {
    return candidates()
        .flatMap(directory -> read(directory).stream())
        .filter(home -> home.feature() > current().feature())
        .max(Comparator.comparingInt(JavaHome::feature).thenComparing(JavaHome::directory));
  }

  /** Reads the file {@code release} that every JDK has; empty for what is no JDK. */
  static Optional<JavaHome> read(Path directory) {
    Path release = directory.resolve("release");
    if (!Files.isExecutable(directory.resolve("bin").resolve("java"))
        || !Files.exists(directory.resolve("lib").resolve("modules"))
        || !Files.exists(release)) {
      return Optional.empty();
    }
    Properties facts = new Properties();
    try (Reader in = Files.newBufferedReader(release)) {
      facts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of(new JavaHome(directory, Runtime.Version.parse(version).feature()));
  }

  private static Stream<Path> candidates() {
    Path user = Path.of(System.getProperty("user.home"));
    Path siblings = current().directory().resolve("..").normalize();
    Stream<Path> installed =
        Stream.of(
                siblings,
                Path.of("/usr/lib/jvm"),
                Path.of("/usr/java"),
                Path.of("/opt/java"),
                user.resolve(".sdkman").resolve("candidates").resolve("java"),
                user.resolve(".jdks"))
            .flatMap(parent -> children(parent).stream());
    Stream<Path> apple =
        children(Path.of("/Library/Java/JavaVirtualMachines")).stream()
            .map(bundle -> bundle.resolve("Contents").resolve("Home"));
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
            .map(variable -> Path.of(variable.getValue()));
    return Stream.of(named, installed, apple).flatMap(all -> all);
  }

  private static List<Path> children(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its launcher. */
  String launcher() {
    return directory.resolve("bin").resolve("java").toString();
  }
}
