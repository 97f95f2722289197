// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much of the machine's processors others use while a benchmark runs. One per run, used by one
 * thread.
 */
final class MachineLoad {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long startNanos;
  private long ownNanos;

  /** Starts to measure. */
  void begin() {
    // The load is that since the last call.
    system.getCpuLoad();
    startNanos = System.nanoTime();
    ownNanos = system.getProcessCpuTime();
  }

  /**
   * The share of the time of all processors that other processes took since {@link #begin}, from 0
   * to 1.
   *
   * @param measuredNanos of processor time that the processes of the benchmark took, but for this
   *     one
   */
  double ofOthers(long measuredNanos) {
    double all = (System.nanoTime() - startNanos) * (double) system.getAvailableProcessors();
    double own = system.getProcessCpuTime() - ownNanos + measuredNanos;
    return Math.max(0, system.getCpuLoad() - own / all);
  }
}
