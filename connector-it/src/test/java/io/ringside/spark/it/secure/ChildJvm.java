// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of these tests in a JVM of its own. */
final class ChildJvm {
  private static final long LIMIT_MINUTES = 5;

  private ChildJvm() {}

  /**
   * Runs it to its end, with this JVM's options for modules.
   *
   * @param output gets what it prints
   * @return its exit code
   */
  static int run(Class<?> main, String classPath, Path output, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(main.getName() + " did not end; see " + output);
    }
    return process.exitValue();
  }
}
