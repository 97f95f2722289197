// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What kind of cluster is wanted.
 *
 * @param name for its folder and logs
 * @param version of {@code org.apache.cassandra:cassandra-all}
 * @param nodes at least 1, at 127.0.0.1, 127.0.0.2 and so on
 * @param datacenters at least 1, called "datacenter" and a number from 1; the nodes go to them in
 *     turn
 * @param tokensPerNode {@code num_tokens}
 * @param heapMegabytes of each node
 * @param settings lines of {@code cassandra.yaml} above the launcher's own
 * @param jvmOptions of each node's JVM, after the launcher's own, such as {@code -Dname=value}
 */
public record ClusterSpec(
    String name,
    String version,
    int nodes,
    int datacenters,
    int tokensPerNode,
    int heapMegabytes,
    Map<String, String> settings,
    List<String> jvmOptions) {
  /** The version without a property {@code it.cassandra.version}. */
  public static final String DEFAULT_VERSION = "5.0.9";

  private static final int DEFAULT_TOKENS = 16;
  private static final int HEAP_OF_ONE = 1024;
  private static final int HEAP_OF_MANY = 512;

  /**
   * Copies the settings.
   *
   * @throws IllegalArgumentException when a number is below 1
   */
  public ClusterSpec {
    if (nodes < 1 || datacenters < 1 || tokensPerNode < 1 || heapMegabytes < 1) {
      throw new IllegalArgumentException(
          "Cannot describe the cluster %s: %d nodes, %d data centres, %d tokens, %d MB. All must be at least 1."
              .formatted(name, nodes, datacenters, tokensPerNode, heapMegabytes));
    }
    jvmOptions = List.copyOf(jvmOptions);
    settings = Map.copyOf(settings);
  }

  /**
   * The JDK of nodes and of Cassandra's tools: the property {@code it.cassandra.java.home}, or that
   * of this JVM, which may be too new for Cassandra.
   */
  public static Path javaHome() {
    return Path.of(System.getProperty("it.cassandra.java.home", System.getProperty("java.home")));
  }

  /** One node of the version under test. */
  public static ClusterSpec oneNode(String name) {
    return nodes(name, 1);
  }

  /** Nodes of one data centre, of the version under test. */
  public static ClusterSpec nodes(String name, int nodes) {
    return new ClusterSpec(
        name,
        System.getProperty("it.cassandra.version", DEFAULT_VERSION),
        nodes,
        1,
        DEFAULT_TOKENS,
        nodes == 1 ? HEAP_OF_ONE : HEAP_OF_MANY,
        Map.of(),
        List.of());
  }

  /** The same of another version. */
  public ClusterSpec withVersion(String other) {
    return new ClusterSpec(
        name, other, nodes, datacenters, tokensPerNode, heapMegabytes, settings, jvmOptions);
  }

  /** The same with another number of tokens. */
  public ClusterSpec withTokensPerNode(int tokens) {
    return new ClusterSpec(
        name, version, nodes, datacenters, tokens, heapMegabytes, settings, jvmOptions);
  }

  /** The same with one more line of {@code cassandra.yaml}. */
  public ClusterSpec withSetting(String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return new ClusterSpec(
        name, version, nodes, datacenters, tokensPerNode, heapMegabytes, more, jvmOptions);
  }

  /** The same with its nodes in several data centres. */
  public ClusterSpec withDatacenters(int number) {
    return new ClusterSpec(
        name, version, nodes, number, tokensPerNode, heapMegabytes, settings, jvmOptions);
  }

  /** The same with another heap. */
  public ClusterSpec withHeapMegabytes(int megabytes) {
    return new ClusterSpec(
        name, version, nodes, datacenters, tokensPerNode, megabytes, settings, jvmOptions);
  }

  /** The same with one more option of the nodes' JVMs. */
  public ClusterSpec withJvmOption(String option) {
    List<String> more = new ArrayList<>(jvmOptions);
    more.add(option);
    return new ClusterSpec(
        name, version, nodes, datacenters, tokensPerNode, heapMegabytes, settings, more);
  }

  /** The data centre of a node by its position, from 0. */
  String datacenterOf(int node) {
    return "datacenter" + (1 + node % datacenters);
  }

  /** One line, the same for equal descriptions in every JVM. */
  String summary() {
    return "%s: Cassandra %s, %d nodes in %d data centres of %d tokens and %d MB, settings %s, JVM options %s"
        .formatted(
            name,
            version,
            nodes,
            datacenters,
            tokensPerNode,
            heapMegabytes,
            new TreeMap<>(settings),
            jvmOptions);
  }
}
