// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * What is noted of a cluster that outlives the JVM that started it.
 *
 * @param summary of its {@link ClusterSpec}
 * @param nodes how many
 * @param directory of the cluster
 */
record KeptCluster(String summary, int nodes, Path directory, NodePorts ports) {
  /**
   * Reads a note.
   *
   * @return empty when there is no such file
   */
  static Optional<KeptCluster> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties noted = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      noted.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new KeptCluster(
            noted.getProperty("summary"),
            Integer.parseInt(noted.getProperty("nodes")),
            Path.of(noted.getProperty("directory")),
            new NodePorts(
                Integer.parseInt(noted.getProperty("cql")),
                Integer.parseInt(noted.getProperty("storage")),
                Integer.parseInt(noted.getProperty("jmx")))));
  }

  /** Notes the cluster in a file. */
  void write(Path file) {
    Properties noted = new Properties();
    noted.setProperty("summary", summary);
    noted.setProperty("nodes", String.valueOf(nodes));
    noted.setProperty("directory", directory.toString());
    noted.setProperty("cql", String.valueOf(ports.cql()));
    noted.setProperty("storage", String.valueOf(ports.storage()));
    noted.setProperty("jmx", String.valueOf(ports.jmx()));
    try (Writer out = Files.newBufferedWriter(file)) {
      noted.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first node's address, {@code host:port}. */
  String contactPoint() {
    return "127.0.0.1:" + ports.cql();
  }

  /** Whether all its nodes run and answer CQL. */
  boolean answers() {
    return IntStream.rangeClosed(1, nodes)
        .allMatch(
            i ->
                NodeProcess.find(nodeDirectory(i)).isPresent()
                    && CqlProbe.answers(new InetSocketAddress("127.0.0." + i, ports.cql())));
  }

  /** Ends those of its nodes that still run. */
  void end() {
    for (int i = 1; i <= nodes; i++) {
      NodeProcess.find(nodeDirectory(i)).ifPresent(NodeProcess::kill);
    }
  }

  private Path nodeDirectory(int i) {
    return directory.resolve("node" + i);
  }
}
