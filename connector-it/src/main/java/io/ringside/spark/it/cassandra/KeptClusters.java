// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Clusters for developers, which go on when the JVM that started them ends. One for each name and
 * number of nodes, noted in the user's own cache folder; another description replaces it.
 */
final class KeptClusters {
  private static final String PREFIX = "cassandra-";
  private static final String SUFFIX = ".properties";

  private final Path home;

  KeptClusters(Path home) {
    this.home = home;
  }

  /** The user's own: {@code ~/.cache/ringside}. */
  static KeptClusters ofUser() {
    return new KeptClusters(Path.of(System.getProperty("user.home"), ".cache", "ringside"));
  }

  /** The noted cluster if it is of the same description and answers CQL, otherwise a new one. */
  ProcessCluster start(ClusterSpec spec) {
    return locked(
        () -> {
          Path file = home.resolve(PREFIX + spec.name() + '-' + spec.nodes() + SUFFIX);
          Optional<KeptCluster> before = KeptCluster.read(file);
          if (before.isPresent()) {
            KeptCluster noted = before.get();
            if (noted.summary().equals(spec.summary()) && noted.answers()) {
              return ProcessCluster.adopt(
                  new ClusterLayout(spec, noted.directory(), noted.ports(), true));
            }
            noted.end();
          }
          KeptCluster next =
              new KeptCluster(
                  spec.summary(),
                  spec.nodes(),
                  ProcessCluster.newDirectory(home, spec.name()),
                  NodePorts.free(spec.nodes()));
          // Noted first: when the start is broken off, the next one ends what is left of it.
          next.write(file);
          return ProcessCluster.start(
              new ClusterLayout(spec, next.directory(), next.ports(), true));
        });
  }

  /** All noted clusters, running or not. */
  List<KeptCluster> list() {
    return files().stream().flatMap(file -> KeptCluster.read(file).stream()).toList();
  }

  /** Ends all noted clusters and forgets them; their folders stay for their logs. */
  List<KeptCluster> endAll() {
    return locked(
        () -> {
          List<KeptCluster> ended = new ArrayList<>();
          for (Path file : files()) {
            for (KeptCluster cluster : KeptCluster.read(file).stream().toList()) {
              cluster.end();
              ended.add(cluster);
            }
            Files.delete(file);
          }
          return ended;
        });
  }

  private List<Path> files() {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(PREFIX))
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One at a time, among the threads of this JVM and among JVMs. */
  private <T> T locked(Action<T> action) {
    synchronized (KeptClusters.class) {
      try {
        Files.createDirectories(home);
        try (FileChannel channel =
            FileChannel.open(
                home.resolve("cassandra.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
          // Held until the channel is closed.
          channel.lock();
          return action.run();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What is done under the lock. */
  private interface Action<T> {
    T run() throws IOException;
  }
}
