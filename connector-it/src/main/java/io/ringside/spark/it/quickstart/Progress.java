// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a meter of the connector every two seconds until it is closed. */
final class Progress implements AutoCloseable {
  private static final int SECONDS = 2;

  private final ScheduledExecutorService printer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final Counter counter;
  private final double before;

  private Progress(String verb, String meter) {
    this.counter = Metrics.counter(meter);
    this.before = counter.count();
    var unused =
        printer.scheduleAtFixedRate(
            () -> System.out.printf(Locale.ROOT, "  %,.0f rows %s%n", rows(), verb),
            SECONDS,
            SECONDS,
            TimeUnit.SECONDS);
  }

  static Progress of(String verb, String meter) {
    return new Progress(verb, meter);
  }

  /** Rows since the start. */
  double rows() {
    return counter.count() - before;
  }

  @Override
  public void close() {
    printer.shutdownNow();
  }
}
