// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.secure.RecordingHost;
import io.ringside.spark.it.spark.Program;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.SparkRelease;
import io.ringside.spark.it.spark.SparkSubmit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of Spark Connect with the connector, and clients without. */
class ConnectIT {
  private static final String KS = "connect";
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @TempDir private Path directory;

  /** The jar is the server's. */
  @Test
  void clientsNeedNothingOfTheConnector() throws Exception {
    runClient(List.of(JobTables.connector()), List.of());
  }

  /** The server has never heard of the connector: a client brings it, for its own session alone. */
  @Test
  void aClientBringsTheConnectorForItsSession() throws Exception {
    runClient(List.of(), List.of(JobTables.connector().toString()));
  }

  /** Clients of a server that they share get nothing of it sent to a host of theirs. */
  @Test
  void clientsCannotHaveCredentialsSentToAHostOfTheirs() throws Exception {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE connect.readings (sensor int PRIMARY KEY)");
    Path file = Files.writeString(directory.resolve("password"), "canary-in-a-file");
    Path ofServer = Files.createDirectory(directory.resolve("of-server")).resolve("driver.conf");
    Files.writeString(ofServer, "datastax-java-driver.basic.request.page-size = 100");
    Path ofClient = Files.createDirectory(directory.resolve("of-client")).resolve("driver.conf");
    try (RecordingHost host = new RecordingHost()) {
      Files.writeString(
          ofClient, "datastax-java-driver.basic.contact-points = [\"" + host.address() + "\"]");
      Map<String, String> settings = new HashMap<>();
      settings.put("spark.datasource.cassandra.username", "shared");
      settings.put("spark.datasource.cassandra.password", "canary-of-the-server");
      settings.put("spark.sql.catalog.shipped", "io.ringside.spark.CassandraCatalog");
      settings.put("spark.sql.catalog.shipped.driver-config", "driver.conf");
      settings.put("spark.files", ofServer.toString());
      withServer(
          List.of(JobTables.connector()),
          settings,
          (release, address) ->
              assertThat(
                      client(
                          release,
                          "ConnectIntruder",
                          List.of(
                              address, KS, host.address(), file.toString(), ofClient.toString())))
                  .contains("INTRUDER OK"));
      assertThat(host.connections()).isEmpty();
    }
  }

  private void runClient(List<Path> jarsOfServer, List<String> moreArguments) throws Exception {
    Cassandra.keyspace(KS);
    withServer(
        jarsOfServer,
        Map.of(),
        (release, address) -> {
          List<String> arguments = new ArrayList<>(List.of(address, KS));
          arguments.addAll(moreArguments);
          assertThat(client(release, "ConnectClient", arguments)).contains("CLIENT OK");
        });
    assertWritten();
  }

  /** What a test does while there is a server. */
  private interface Clients {
    void run(SparkRelease release, String address) throws Exception;
  }

  private void withServer(List<Path> jars, Map<String, String> more, Clients clients)
      throws Exception {
    SparkRelease release = SparkRelease.underTest();
    Path server = Files.createDirectory(directory.resolve("server"));
    SparkHome home =
        SparkHome.make(server, release, release.jars("spark-connect", "spark-pipelines"));
    int port = freePort();
    Map<String, String> settings =
        new HashMap<>(JobTables.settings(Cassandra.CLUSTER.contactPoint()));
    // Made when it is first named, which a Spark without procedures never is.
    settings.put("spark.sql.catalog.calls", "io.ringside.spark.spark4.CassandraProcedureCatalog");
    settings.put("spark.sql.catalog.calls.contact-points", Cassandra.CLUSTER.contactPoint());
    settings.putAll(more);
    settings.put("spark.connect.grpc.binding.address", "127.0.0.1");
    settings.put("spark.connect.grpc.binding.port", String.valueOf(port));
    try (SparkProcess process =
        new SparkSubmit("local[2]", jars, List.of(), settings)
            .start(
                home,
                "connect",
                "org.apache.spark.sql.connect.service.SparkConnectServer",
                "spark-internal",
                List.of())) {
      awaitListening(process, port);
      clients.run(release, "sc://127.0.0.1:" + port);
    }
  }

  private String client(SparkRelease release, String name, List<String> arguments)
      throws Exception {
    Path folder = Files.createDirectory(directory.resolve("client"));
    List<Path> jars = MavenArtifacts.classPath(release.coordinates("spark-connect-client-jvm"));
    Program program = Program.compile(folder, name, jars);
    SparkHome home = SparkHome.make(folder, release, jars).with(program);
    try (SparkProcess client =
        SparkProcess.start(home, "client", "127.0.0.1", program.mainClass(), arguments)) {
      return client.await(LIMIT);
    }
  }

  private static void assertWritten() {
    List<Row> rows = Cassandra.cql("SELECT sensor, n, v, note FROM connect.readings").all();
    assertThat(rows).hasSize(1_000);
    assertThat(row(1, 5).getString("v")).isEqualTo("changed");
    assertThat(row(1, 5).getString("note")).isEqualTo("merged");
    assertThat(row(1, 10).getString("v")).isEqualTo("new");
    assertThat(row(99, 9).getString("v")).isEqualTo("v999");
    assertThat(Cassandra.cql("SELECT * FROM connect.readings WHERE sensor = 2 AND n = 0").all())
        .isEmpty();
  }

  private static Row row(int sensor, int n) {
    List<Row> rows =
        Cassandra.cql("SELECT v, note FROM connect.readings WHERE sensor = ? AND n = ?", sensor, n)
            .all();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(SparkProcess server, int port) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > deadline || !server.isAlive()) {
        throw new AssertionError("The server does not listen:\n" + server.output());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
