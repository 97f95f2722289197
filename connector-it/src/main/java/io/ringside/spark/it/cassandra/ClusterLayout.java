// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import io.ringside.spark.it.maven.MavenArtifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where a cluster of processes lives: its folder, its ports and the jars it runs. */
final class ClusterLayout {
  private final ClusterSpec spec;
  private final Path directory;
  private final NodePorts ports;
  private final boolean outlives;
  private @Nullable List<Path> jars;

  /**
   * Describes a cluster; starts nothing.
   *
   * @param outlives whether its nodes go on when this JVM ends
   */
  ClusterLayout(ClusterSpec spec, Path directory, NodePorts ports, boolean outlives) {
    this.spec = spec;
    this.directory = directory;
    this.ports = ports;
    this.outlives = outlives;
  }

  ClusterSpec spec() {
    return spec;
  }

  Path directory() {
    return directory;
  }

  NodePorts ports() {
    return ports;
  }

  boolean outlives() {
    return outlives;
  }

  /** The server's jars, resolved when a node is first started. */
  synchronized List<Path> jars() {
    List<Path> resolved = jars;
    if (resolved == null) {
      resolved = MavenArtifacts.classPath("org.apache.cassandra:cassandra-all:" + spec.version());
      jars = resolved;
    }
    return resolved;
  }

  /** The nodes, none of them started. */
  List<ProcessNode> nodes() {
    return IntStream.rangeClosed(1, spec.nodes())
        .mapToObj(number -> new ProcessNode(this, number))
        .toList();
  }
}
