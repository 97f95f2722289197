// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the files that a node starts with. */
final class NodeFiles {
  /** The folders of what a node stores. */
  static final List<String> DATA = List.of("data", "commitlog", "saved_caches", "hints", "cdc_raw");

  private NodeFiles() {}

  /**
   * Writes {@code cassandra.yaml}, the snitch's properties and the log settings.
   *
   * @param index the node's position, from 0
   * @param host the node's address
   * @param joins whether the node joins a cluster that runs, and takes over rows of its nodes
   */
  static void write(
      Path directory, ClusterSpec spec, int index, String host, NodePorts ports, boolean joins) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("cassandra.yaml"), yaml(directory, spec, index, host, ports, joins));
      Files.writeString(
          directory.resolve("cassandra-rackdc.properties"),
          "dc=%s\nrack=rack1\n".formatted(spec.datacenterOf(index)));
      Files.writeString(
          directory.resolve("logback.xml"),
          """
          <configuration>
            <appender name="FILE" class="ch.qos.logback.core.FileAppender">
              <file>%s</file>
              <encoder><pattern>%%-5level [%%thread] %%date %%logger{0} %%msg%%n</pattern></encoder>
            </appender>
            <logger name="org.apache.cassandra.db" level="WARN"/>
            <root level="INFO"><appender-ref ref="FILE"/></root>
          </configuration>
          """
              .formatted(directory.resolve("system.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All nodes where they start at the same time, as only a seed starts while it finds no other. A
   * node that joins is no seed, as a seed takes over no rows.
   */
  private static String seeds(ClusterSpec spec, int index, NodePorts ports, boolean joins) {
    return IntStream.rangeClosed(1, spec.nodes())
        .filter(number -> !joins || number != index + 1)
        .mapToObj(number -> "127.0.0.%d:%d".formatted(number, ports.storage()))
        .collect(Collectors.joining(","));
  }

  /** Old names of settings: all versions from 4.0 to 6.0 take them. */
  private static String yaml(
      Path directory, ClusterSpec spec, int index, String host, NodePorts ports, boolean joins) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cluster_name", "'" + spec.name() + "'");
    settings.put("num_tokens", String.valueOf(spec.tokensPerNode()));
    settings.put(
        "initial_token",
        InitialTokens.of(spec, index).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",", "'", "'")));
    settings.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    settings.put(
        "seed_provider",
        "[{class_name: org.apache.cassandra.locator.SimpleSeedProvider,"
            + " parameters: [{seeds: '%s'}]}]".formatted(seeds(spec, index, ports, joins)));
    settings.put("listen_address", host);
    settings.put("rpc_address", host);
    settings.put("storage_port", String.valueOf(ports.storage()));
    settings.put("native_transport_port", String.valueOf(ports.cql()));
    settings.put("endpoint_snitch", "GossipingPropertyFileSnitch");
    settings.put("commitlog_sync", "periodic");
    settings.put("commitlog_sync_period_in_ms", "10000");
    settings.put("data_file_directories", "['" + directory.resolve("data") + "']");
    settings.put("commitlog_directory", "'" + directory.resolve("commitlog") + "'");
    settings.put("saved_caches_directory", "'" + directory.resolve("saved_caches") + "'");
    settings.put("hints_directory", "'" + directory.resolve("hints") + "'");
    settings.put("cdc_raw_directory", "'" + directory.resolve("cdc_raw") + "'");
    settings.put("commitlog_segment_size_in_mb", "16");
    settings.put("commitlog_total_space_in_mb", "256");
    settings.put("key_cache_size_in_mb", "8");
    settings.put("counter_cache_size_in_mb", "8");
    settings.put("memtable_allocation_type", "heap_buffers");
    // Nodes that start together have nothing to stream to each other.
    settings.put("auto_bootstrap", String.valueOf(joins));
    settings.put("enable_materialized_views", "true");
    settings.put("auto_snapshot", "false");
    settings.put("concurrent_compactors", "1");
    settings.put("read_request_timeout_in_ms", "10000");
    settings.put("range_request_timeout_in_ms", "10000");
    settings.put("write_request_timeout_in_ms", "10000");
    settings.put("truncate_request_timeout_in_ms", "60000");
    settings.putAll(spec.settings());
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }
}
