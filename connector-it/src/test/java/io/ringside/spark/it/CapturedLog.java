// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What this JVM logs, with its stack traces, while this is open. */
public final class CapturedLog implements AutoCloseable {
  private final Collector collector = new Collector();
  private final LoggerConfig root;
  private final Level before;

  /**
   * Starts to collect.
   *
   * @param level the least that is logged, everywhere
   */
  public CapturedLog(Level level) {
    LoggerContext context =
        (LoggerContext) LogManager.getContext(LogManager.class.getClassLoader(), false);
    this.root = context.getConfiguration().getRootLogger();
    this.before = root.getLevel();
    collector.start();
    root.addAppender(collector, level, null);
    root.setLevel(level);
    context.updateLoggers();
  }

  /** Messages and stack traces so far. */
  public List<String> lines() {
    return List.copyOf(collector.lines);
  }

  @Override
  public void close() {
    root.removeAppender(collector.getName());
    root.setLevel(before);
    ((LoggerContext) LogManager.getContext(LogManager.class.getClassLoader(), false))
        .updateLoggers();
  }

  private static final class Collector extends AbstractAppender {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Collector() {
      super("captured", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getLoggerName() + ' ' + event.getMessage().getFormattedMessage());
      for (Throwable e = event.getThrown(); e != null; e = e.getCause()) {
        lines.add(String.valueOf(e));
      }
    }
  }
}
