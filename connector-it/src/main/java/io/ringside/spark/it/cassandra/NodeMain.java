// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The main class of a node's JVM: Cassandra, and a thread that takes orders from the launcher's end
 * of standard input and ends the JVM when that end is gone, however the launcher died. Knows only
 * the JDK; Cassandra's classes are on the class path of the child alone.
 */
public final class NodeMain {
  static final String DONE = "done: ";
  static final String FAILED = "failed: ";
  static final String FLUSH = "flush ";
  static final String ESTIMATES = "estimates";

  private static final String STORAGE_SERVICE = "org.apache.cassandra.db:type=StorageService";

  private NodeMain() {}

  /** Starts the server; returns as Cassandra's own main does. */
  public static void main(String[] args) throws ReflectiveOperationException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Thread orders = new Thread(() -> takeOrders(answers), "launcher-orders");
    orders.setDaemon(true);
    orders.start();
    try {
      Class.forName("org.apache.cassandra.service.CassandraDaemon")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      System.err.println("Cassandra did not start: " + e.getCause());
      Runtime.getRuntime().halt(1);
    }
  }

  private static void takeOrders(PrintStream answers) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = in.readLine(); order != null; order = in.readLine()) {
        try {
          obey(order);
          answers.println(DONE + order);
        } catch (JMException e) {
          answers.println(FAILED + e);
        }
        answers.flush();
      }
    } catch (IOException e) {
      System.err.println("No more orders: " + e);
    }
    Runtime.getRuntime().halt(1);
  }

  private static void obey(String order) throws JMException {
    ObjectName service = new ObjectName(STORAGE_SERVICE);
    var beans = ManagementFactory.getPlatformMBeanServer();
    if (order.startsWith(FLUSH)) {
      beans.invoke(
          service,
          "forceKeyspaceFlush",
          new Object[] {order.substring(FLUSH.length()), new String[0]},
          new String[] {String.class.getName(), String[].class.getName()});
    } else if (order.equals(ESTIMATES)) {
      beans.invoke(service, "refreshSizeEstimates", new Object[0], new String[0]);
    } else {
      throw new JMException("unknown order: " + order);
    }
  }
}
