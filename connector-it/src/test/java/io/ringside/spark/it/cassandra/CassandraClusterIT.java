// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.Cassandra;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself; needs the provider {@code process}. */
class CassandraClusterIT {
  private static ClusterSpec small(String name) {
    return ClusterSpec.oneNode(name).withHeapMegabytes(512);
  }

  @Test
  void bringsDataBackAfterAKill() {
    ClusterSpec spec = small("kill");
    try (CassandraCluster cluster = ProcessCluster.start(spec)) {
      CassandraNode node = cluster.nodes().get(0);
      try (CqlSession session = Cassandra.open(cluster)) {
        assertThat(session.execute("SELECT release_version FROM system.local").one().getString(0))
            .startsWith(spec.version().replaceFirst("-.*", ""));
        session.execute(
            "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy',"
                + " 'replication_factor': 1}");
        session.execute("CREATE TABLE k.t (id int PRIMARY KEY)");
        session.execute("INSERT INTO k.t (id) VALUES (7)");
        node.flush("k");
      }
      node.pause();
      assertThat(CqlProbe.answers(node.address())).isFalse();
      node.resume();
      assertThat(CqlProbe.answers(node.address())).isTrue();
      node.kill();
      assertThat(answers(node.address())).isFalse();
      node.start();
      try (CqlSession session = Cassandra.open(cluster)) {
        assertThat(session.execute("SELECT id FROM k.t").one().getInt(0)).isEqualTo(7);
      }
    }
  }

  @Test
  void tellsTheLastWordsOfANodeThatDoesNotStart() {
    ClusterSpec spec = small("broken").withSetting("no_such_setting", "1");
    assertThatThrownBy(() -> ProcessCluster.start(spec))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its process ended")
        .hasMessageContaining("no_such_setting");
  }

  @Test
  void refusesAnUnknownProvider() {
    String before = System.getProperty("it.cassandra");
    System.setProperty("it.cassandra", "docker");
    try {
      assertThatThrownBy(() -> CassandraClusters.start(ClusterSpec.oneNode("unknown")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'docker' is not a provider")
          .hasMessageContaining("existing:<host[:port]>");
    } finally {
      if (before == null) {
        System.clearProperty("it.cassandra");
      } else {
        System.setProperty("it.cassandra", before);
      }
    }
  }

  @Test
  void takesOverAKeptNodeUntilItsDescriptionChanges(@TempDir Path home) {
    KeptClusters kept = new KeptClusters(home);
    ClusterSpec spec = small("kept");
    try {
      ProcessCluster first = kept.start(spec);
      first.close();
      assertThat(answers(first.contactPoints().get(0))).isTrue();
      ProcessCluster again = kept.start(spec);
      assertThat(again.contactPoints()).isEqualTo(first.contactPoints());
      again.node(0).refreshSizeEstimates();
      assertThat(kept.list()).singleElement().matches(KeptCluster::answers);
      ProcessCluster other = kept.start(spec.withTokensPerNode(1));
      assertThat(answers(first.contactPoints().get(0))).isFalse();
      assertThat(answers(other.contactPoints().get(0))).isTrue();
    } finally {
      assertThat(kept.endAll()).noneMatch(KeptCluster::answers);
    }
    assertThat(kept.list()).isEmpty();
  }

  @Test
  void endsWithItsParentHoweverThatDies() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local", ""),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.startsWith("PORT ")) {
        line = out.readLine();
      }
      assertThat(line).isNotNull();
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(),
              Integer.parseInt(String.valueOf(line).substring("PORT ".length())));
      assertThat(answers(address)).isTrue();
      parent.destroyForcibly();
      Cassandra.await("the node ends with its parent", () -> !answers(address));
    } finally {
      parent.destroyForcibly();
    }
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Starts a node and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws IOException {
      CassandraCluster cluster = ProcessCluster.start(small("orphan"));
      System.out.println("PORT " + cluster.contactPoints().get(0).getPort());
      int ignored = System.in.read();
      cluster.close();
    }
  }
}
