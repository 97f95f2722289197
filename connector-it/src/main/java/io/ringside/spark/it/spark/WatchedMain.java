// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.spark;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, in a JVM that ends when the launcher's end of standard input is gone,
 * however the launcher died.
 */
public final class WatchedMain {
  private WatchedMain() {}

  /**
   * Runs it; returns as that main does, and ends the JVM with code 1 when it throws.
   *
   * @param args the name of the class, then its own arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(WatchedMain::endWithLauncher, "launcher-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Reads until the end; the launcher never writes. */
  private static void endWithLauncher() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said here: only the end counts.
      }
    } catch (IOException e) {
      System.err.println("The launcher is gone: " + e);
    }
    Runtime.getRuntime().halt(1);
  }
}
