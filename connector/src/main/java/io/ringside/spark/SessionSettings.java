// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Options that the active Spark session sets for all Cassandra tables: {@code
 * spark.datasource.cassandra.*}, and under it the aliases {@code spark.cassandra.*}. Driver only.
 *
 * @param options by name without the prefix
 * @param aliases by name without the prefix
 */
record SessionSettings(Map<String, String> options, Map<String, String> aliases) {
  /** What Spark's own lookup of session settings uses for the source of this name. */
  static final String PREFIX = "spark.datasource." + CassandraSource.NAME + '.';

  /** The settings of the session that is active in this thread. */
  static SessionSettings active() {
    RuntimeConfig conf = SparkSession.active().conf();
    return new SessionSettings(
        withPrefix(conf, PREFIX, ConnectorConfig.names()),
        withPrefix(conf, ConnectorConfig.ALIAS_PREFIX, ConnectorConfig.aliases()));
  }

  private static Map<String, String> withPrefix(
      RuntimeConfig conf, String prefix, List<String> names) {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      if (conf.contains(prefix + name)) {
        found.put(name, conf.get(prefix + name));
      }
    }
    return found;
  }
}
