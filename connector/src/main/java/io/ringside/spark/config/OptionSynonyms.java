// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import io.ringside.spark.error.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What other connectors and drivers call the options, for the error about a name that is unknown
 * here. Pure.
 */
final class OptionSynonyms {
  private static final Map<String, List<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("host", List.of("contact-points")),
          Map.entry("hosts", List.of("contact-points")),
          Map.entry("hostname", List.of("contact-points")),
          Map.entry("address", List.of("contact-points")),
          Map.entry("server", List.of("contact-points")),
          Map.entry("servers", List.of("contact-points")),
          Map.entry("url", List.of("contact-points")),
          Map.entry("connectionhost", List.of("contact-points")),
          Map.entry("user", List.of("username")),
          Map.entry("login", List.of("username")),
          Map.entry("passwd", List.of("password")),
          Map.entry("pass", List.of("password")),
          Map.entry("dc", List.of("local-dc")),
          Map.entry("datacenter", List.of("local-dc")),
          Map.entry("localdatacenter", List.of("local-dc")),
          Map.entry("ks", List.of("keyspace")),
          Map.entry("database", List.of("keyspace")),
          Map.entry("dbtable", List.of("keyspace", "table")),
          Map.entry("ssl", List.of("tls.enabled")),
          Map.entry("tls", List.of("tls.enabled")),
          Map.entry("usessl", List.of("tls.enabled")),
          Map.entry("sslenabled", List.of("tls.enabled")),
          Map.entry("consistency", List.of("read.consistency", "write.consistency")),
          Map.entry("consistencylevel", List.of("read.consistency", "write.consistency")),
          Map.entry("fetchsize", List.of("read.page-size")),
          Map.entry("pagesize", List.of("read.page-size")),
          Map.entry("splitsize", List.of("read.split-size")),
          Map.entry("numpartitions", List.of("read.split-size")),
          Map.entry("batchsize", List.of("write.batch-bytes")),
          Map.entry("timetolive", List.of("write.ttl")));

  /** Options by which the DataStax connector adds columns to a read. */
  private static final Pattern METADATA = Pattern.compile("(?i)(ttl|writetime)\\.(.+)");

  private OptionSynonyms() {}

  /**
   * The sentence about an unknown name that says which option may be meant: the one that others
   * call so, else one whose name is near; empty if there is none.
   */
  static String suggestion(String unknown) {
    List<String> meant = OPTIONS.get(unknown.toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""));
    if (meant != null) {
      return " Did you mean '" + String.join("' or '", meant) + "'?";
    }
    Matcher metadata = METADATA.matcher(unknown);
    if (metadata.matches()) {
      return " Select the column '_%s_%s' of the table instead."
          .formatted(metadata.group(1).toLowerCase(Locale.ROOT), metadata.group(2));
    }
    return EditDistance.suggestion(unknown, Options.ALL.stream().map(ConfigOption::key).toList());
  }
}
