// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The settings that the Spark application has started with: those of {@code --conf}, of {@code
 * spark-defaults.conf}, and of the program that made the Spark context. Sessions begin with a copy
 * of them and may change that, but not these. Driver only.
 */
final class ApplicationSettings {
  private final SparkConf settings;

  private ApplicationSettings(SparkConf settings) {
    this.settings = settings;
  }

  /** Those of the application of the session that is active in this thread. */
  static ApplicationSettings active() {
    return new ApplicationSettings(SparkSession.active().sparkContext().getConf());
  }

  /** A setting, or null. */
  @Nullable String get(String name) {
    return settings.contains(name) ? settings.get(name) : null;
  }

  /** Settings with a prefix, without it, that are wanted, in the spelling that they were given. */
  Map<String, String> withPrefix(String prefix, Predicate<String> wanted) {
    Map<String, String> found = new HashMap<>();
    for (Tuple2<String, String> setting : settings.getAll()) {
      String name = setting._1();
      if (name.startsWith(prefix) && wanted.test(name.substring(prefix.length()))) {
        found.put(name.substring(prefix.length()), setting._2());
      }
    }
    return found;
  }
}
