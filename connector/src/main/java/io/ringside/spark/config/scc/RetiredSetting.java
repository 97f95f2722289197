// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config.scc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the DataStax connector (SCC) that this connector does not have: ignored with a
 * warning, or refused where a job that ignores it would do harm.
 *
 * @param name with {@code spark.cassandra.} where it has it
 * @param harmless values, in lower case, that ask for what happens anyway
 * @param refused whether it is an error
 * @param reason why it does not apply and what to do instead, without the full stop
 */
public record RetiredSetting(String name, Set<String> harmless, boolean refused, String reason) {
  private static final String LOAD =
      "it limits each core by itself, and without it the job could take more of the cluster than it"
          + " was allowed. Limit the whole job with 'read.rate-limit' or 'write.rate-limit', and"
          + " remove it";
  private static final String RETRIES =
      "failed requests are tried again for 'read.retry-time' and 'write.retry-time'";
  private static final String PAGES = "pages follow 'read.page-size', in bytes";
  private static final String JOINS =
      "keys of a small side of a join are pushed into the scan by Spark's own rules";
  private static final String LIFE = "a session closes at once after 'session.idle-timeout'";
  private static final String RECONNECTION = "a node that comes back is used within 10 seconds";
  private static final String METRICS = "Spark's SQL tab and Micrometer always have the metrics";
  private static final String STORES = "the format follows from the store itself";
  private static final String CONTACTS = "host names are looked up at each connection";
  private static final String DSE = "it is for DataStax Enterprise only";

  /** All of them, in the order of the documentation. */
  public static final List<RetiredSetting> ALL =
      List.of(
          refused(
              "auth.conf.factory",
              "it names a class of the other connector. Use 'username' and 'password' or"
                  + " 'auth-provider'",
              "default",
              "com.datastax.spark.connector.cql.defaultauthconffactory"),
          refused(
              "connection.factory",
              "it names a class of the other connector. Use 'driver-config' for settings of the driver",
              "default",
              "com.datastax.spark.connector.cql.defaultconnectionfactory"),
          refused("input.throughputMBPerSec", LOAD),
          refused("input.throughput_mb_per_sec", LOAD),
          refused("output.throughputMBPerSec", LOAD),
          refused("output.throughput_mb_per_sec", LOAD),
          refused("input.readsPerSec", LOAD),
          refused("input.reads_per_sec", LOAD),
          refused("input.join.throughput_query_per_sec", LOAD),
          ignored("connection.ssl.protocol", "use 'tls.protocols'", "tls"),
          ignored("connection.ssl.trustStore.type", STORES, "jks", "pkcs12"),
          ignored("connection.ssl.keyStore.type", STORES, "jks", "pkcs12"),
          ignored(
              "connection.ssl.clientAuth.enabled", "a key store is used when one is given", "true"),
          ignored("connection.resolveContactPoints", CONTACTS, "false"),
          ignored(
              "connection.remoteConnectionsPerExecutor", "other data centres are not connected to"),
          ignored("connection.quietPeriodBeforeCloseMS", LIFE, "0"),
          ignored("connection.timeoutBeforeCloseMS", LIFE),
          ignored("connection.reconnectionDelayMS.min", RECONNECTION),
          ignored("connection.reconnectionDelayMS.max", RECONNECTION),
          ignored("connection.reconnection_delay_ms.min", RECONNECTION),
          ignored("connection.reconnection_delay_ms.max", RECONNECTION),
          ignored("query.retry.count", RETRIES),
          ignored("query.retry.delay", RETRIES),
          ignored("input.fetch.sizeInRows", PAGES),
          ignored("input.fetch.size_in_rows", PAGES),
          ignored("input.metrics", METRICS, "true"),
          ignored("output.metrics", METRICS, "true"),
          ignored("concurrent.reads", "lookups of keys follow 'read.keys-in-flight'"),
          ignored(
              "output.batch.grouping.key", "a batch has rows of one partition only", "partition"),
          ignored(
              "output.batch.grouping.buffer.size", "the buffer is 'write.buffer-size', in bytes"),
          ignored("sql.inClauseToJoinConversionThreshold", "keys are always looked up one by one"),
          ignored(
              "sql.pushdown.additionalClasses",
              "rules of the other connector cannot be loaded",
              ""),
          ignored("table.size.in.bytes", "the other connector never used it. See 'read.size-hint'"),
          ignored("dev.customFromDriver", "the other connector ignores it, too"),
          option("directJoinSetting", JOINS, "auto"),
          option("directJoinSizeRatio", JOINS),
          option("ignoreMissingMetaColumns", "the other connector never used it"),
          option("spark.sql.dse.search.enableOptimization", DSE, "auto", "off"),
          option("spark.sql.dse.search.autoRatio", DSE),
          option(
              "spark.sql.dse.inClauseToJoinConversionThreshold",
              "keys are always looked up one by one"),
          option("spark.sql.dse.inClauseToFullScanConversionThreshold", "use 'read.max-keys'"),
          option("spark.sql.dse.solr.enable_optimization", DSE, "auto", "off"),
          option("spark.sql.dse.solr.auto_ratio", DSE),
          option("spark.dse.continuousPagingEnabled", DSE));

  private static final Map<String, RetiredSetting> BY_NAME = new TreeMap<>();

  static {
    ALL.forEach(setting -> BY_NAME.put(setting.name().toLowerCase(Locale.ROOT), setting));
  }

  private static RetiredSetting refused(String name, String reason, String... harmless) {
    return new RetiredSetting(SccSettings.PREFIX + name, Set.of(harmless), true, reason);
  }

  private static RetiredSetting ignored(String name, String reason, String... harmless) {
    return new RetiredSetting(SccSettings.PREFIX + name, Set.of(harmless), false, reason);
  }

  private static RetiredSetting option(String name, String reason, String... harmless) {
    return new RetiredSetting(name, Set.of(harmless), false, reason);
  }

  /**
   * The one of a name, or null.
   *
   * @param name in lower case
   */
  public static @Nullable RetiredSetting find(String name) {
    return BY_NAME.get(name);
  }

  /** Whether this value asks for nothing but what happens anyway. */
  public boolean isHarmless(String value) {
    return harmless.contains(value.trim().toLowerCase(Locale.ROOT));
  }

  /** The sentence for a log or an error. */
  public String message() {
    return "Cannot %s setting '%s': %s.".formatted(refused ? "ignore" : "apply", name, reason);
  }
}
