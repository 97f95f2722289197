// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The CQL that the connector really sends, with its values and coordinators: what the request
 * logger of the driver inside the connector's jar writes. Switched on by the driver's configuration
 * file, before the first session opens.
 */
final class SentCql implements AutoCloseable {
  private static final String LOGGER = logger();

  private final Collector collector = new Collector();

  /** Starts to collect. */
  SentCql() {
    collector.start();
    LoggerConfig logger = new LoggerConfig(LOGGER, Level.INFO, false);
    logger.addAppender(collector, Level.INFO, null);
    use(logger);
  }

  /** The connector's jar has the driver under another name than its classes have in a folder. */
  private static String logger() {
    String name = "com.datastax.oss.driver.internal.core.tracker.RequestLogger";
    String relocated = "io.ringside.shaded." + name;
    String file = relocated.replace('.', '/') + ".class";
    return ClassLoader.getSystemResource(file) == null ? name : relocated;
  }

  private static void use(LoggerConfig logger) {
    context().getConfiguration().removeLogger(LOGGER);
    context().getConfiguration().addLogger(LOGGER, logger);
    context().updateLoggers();
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(LogManager.class.getClassLoader(), false);
  }

  /**
   * A value of the option {@code driver-config} that makes sessions log their requests; a catalog
   * that has it has a session of its own.
   */
  static String driverConfig() {
    try {
      Path file = Files.createTempFile("request-tracker", ".conf");
      file.toFile().deleteOnExit();
      Files.writeString(
          file,
          """
          datastax-java-driver.advanced.request-tracker {
            classes = [RequestLogger]
            logs {
              success.enabled = true
              error.enabled = true
              show-values = true
              max-query-length = 2000
              max-values = 100
            }
          }
          """);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requests so far whose text contains a part. */
  List<String> containing(String part) {
    return collector.lines.stream().filter(line -> line.contains(part)).toList();
  }

  /** Forgets what was collected. */
  void clear() {
    collector.lines.clear();
  }

  @Override
  public void close() {
    use(new LoggerConfig(LOGGER, Level.OFF, false));
  }

  private static final class Collector extends AbstractAppender {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Collector() {
      super("sent-cql", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
    }
  }
}
