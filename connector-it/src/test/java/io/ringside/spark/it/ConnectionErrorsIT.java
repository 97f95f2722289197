// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads, on Spark's driver and before any task, whose options lead to no node. */
@Tag("matrix")
class ConnectionErrorsIT {
  private static final String HERE = Cassandra.CLUSTER.contactPoint();

  @TempDir Path directory;

  private static void assertRefused(Map<String, String> options, String text) {
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .option("keyspace", "system")
                    .option("table", "local")
                    .option("contact-points", HERE)
                    .options(options)
                    .load())
        .hasMessage(text + " [CONNECTION_FAILED]");
  }

  @Test
  void namesTheDataCentresThatExist() {
    assertRefused(
        Map.of("local-dc", "DC1"),
        "Cannot connect to Cassandra at [%s]: no node is in the data centre 'DC1'; the nodes' data centres are [datacenter1]. Set the option 'local-dc' to one of them, as it is spelt there."
            .formatted(HERE));
  }

  @Test
  void namesTheFileThatNamesADataCentre() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("driver.conf"),
            "datastax-java-driver.basic.load-balancing-policy.local-datacenter = dc2");
    assertRefused(
        Map.of("driver-config", file.toString()),
        "Cannot connect to Cassandra at [%s]: no node is in the data centre 'dc2'; the nodes' data centres are [datacenter1]. Correct the local data centre in the file of the option 'driver-config'."
            .formatted(HERE));
  }

  @Test
  void saysThatNothingListens() {
    assertRefused(
        Map.of("contact-points", "127.0.0.1:1"),
        "Cannot connect to Cassandra at [127.0.0.1:1]: Connection refused. Check the options 'contact-points' and 'port', and whether the nodes run.");
  }

  @Test
  void hasALineForEachContactPoint() {
    assertRefused(
        Map.of("contact-points", "127.0.0.1:1,127.0.0.2:1"),
        "Cannot connect to Cassandra at [127.0.0.1:1, 127.0.0.2:1]: \n  127.0.0.1:1: Connection refused\n  127.0.0.2:1: Connection refused. Check the options 'contact-points' and 'port', and whether the nodes run.");
  }

  @Test
  void saysThatAPortSpeaksNoTls() {
    assertRefused(
        Map.of("tls.enabled", "true"),
        "Cannot connect to Cassandra at [%s]: it does not speak TLS on this port. Leave out 'tls.enabled' and the other options of TLS, or name the port where the nodes speak it with the option 'port'."
            .formatted(HERE));
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertRefused(
        Map.of("contact-points", "no-such-host.invalid"),
        "Cannot connect to Cassandra at [no-such-host.invalid:9042]: unknown hosts. Correct the names in the option 'contact-points'.");
  }
}
