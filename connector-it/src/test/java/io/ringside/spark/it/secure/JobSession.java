// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/** The session of a job in a JVM of its own that shows all that Spark logs and keeps of events. */
final class JobSession {
  private JobSession() {}

  /** Reads a job's file of properties. */
  static Properties properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    }
    return properties;
  }

  /**
   * Opens the session.
   *
   * @param properties the settings that the application starts with, as {@code conf.<name>}
   */
  static SparkSession open(Properties properties) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.compress", "false")
            .config("spark.log.level", "DEBUG");
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("conf.")) {
        builder.config(name.substring("conf.".length()), properties.getProperty(name));
      }
    }
    return builder.getOrCreate();
  }
}
