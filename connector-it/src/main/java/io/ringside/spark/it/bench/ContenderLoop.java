// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;

/**
 * The other end of a {@link Contender}: runs what it is told and measures itself. Knows only the
 * JDK, as it runs in JVMs of other Spark versions too.
 */
public final class ContenderLoop {
  private ContenderLoop() {}

  /** Runs a case and returns the number of rows. */
  @FunctionalInterface
  public interface Cases {
    /** Runs one case. */
    long run(String name) throws Exception;
  }

  /** Takes orders until there are no more. */
  public static void run(Cases cases) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (String name = in.readLine(); name != null; name = in.readLine()) {
      System.gc();
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        pool.resetPeakUsage();
      }
      long cpu = system.getProcessCpuTime();
      long allocated = allocated();
      long wall = System.nanoTime();
      long rows;
      try {
        rows = cases.run(name);
      } catch (Exception e) {
        throw new IllegalStateException(name, e);
      }
      wall = System.nanoTime() - wall;
      cpu = system.getProcessCpuTime() - cpu;
      allocated = allocated() - allocated;
      System.out.println(
          "RESULT " + rows + ' ' + wall + ' ' + cpu + ' ' + Math.max(0, allocated) + ' ' + peak());
      System.out.flush();
    }
    System.exit(0);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static long peak() {
    long sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        sum += pool.getPeakUsage().getUsed();
      }
    }
    return sum;
  }
}
