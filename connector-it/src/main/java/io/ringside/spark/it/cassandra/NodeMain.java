// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of a node's JVM: Cassandra, and a thread that ends the JVM when the launcher's end
 * of standard input is gone, however the launcher died. Knows only the JDK; Cassandra's classes are
 * on the class path of the child alone.
 */
public final class NodeMain {
  /** The argument of a node that goes on when its launcher ends. */
  static final String OUTLIVES = "outlives-its-launcher";

  private NodeMain() {}

  /** Starts the server; returns as Cassandra's own main does. */
  public static void main(String[] args) throws ReflectiveOperationException {
    if (args.length == 0) {
      Thread watch = new Thread(NodeMain::endWithLauncher, "launcher-watch");
      watch.setDaemon(true);
      watch.start();
    }
    try {
      Class.forName("org.apache.cassandra.service.CassandraDaemon")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      System.err.println("Cassandra did not start: " + e.getCause());
      Runtime.getRuntime().halt(1);
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
