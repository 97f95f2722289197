// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users of a shared endpoint, with nothing set but what connects it, try to have the application's
 * credentials, files and variables sent to a host of theirs. Nothing arrives there.
 */
class SharedEndpointIT {
  private static final String FILE = "canary-in-a-file";
  private static final String PASSWORD = "canary-of-the-source";

  @TempDir private static Path directory;
  private static RecordingHost host;
  private static List<String> printed;
  private static final List<String> left = new ArrayList<>();

  @BeforeAll
  static void runTheEndpoint() throws IOException, InterruptedException {
    Secured.makeTable();
    try (CqlSession admin = Secured.admin()) {
      for (Map.Entry<String, String> role :
          Map.of("shared1", FILE, "shared2", PASSWORD, "keeper2", "keeper2").entrySet()) {
        admin.execute("DROP ROLE IF EXISTS " + role.getKey());
        admin.execute(
            "CREATE ROLE %s WITH PASSWORD = '%s' AND LOGIN = true"
                .formatted(role.getKey(), role.getValue()));
        admin.execute("GRANT ALL ON KEYSPACE " + Secured.KS + " TO " + role.getKey());
      }
    }
    host = new RecordingHost();
    Path output = directory.resolve("output.log");
    Path events = Files.createDirectory(directory.resolve("events"));
    ChildJvm.run(
        SharedEndpointJob.class,
        System.getProperty("java.class.path"),
        output,
        List.of(properties(events).toString()));
    printed = Files.readAllLines(output, StandardCharsets.UTF_8);
    left.addAll(printed);
    try (Stream<Path> files = Files.walk(events)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        left.addAll(Files.readAllLines(file));
      }
    }
  }

  @AfterAll
  static void closeHost() throws IOException {
    host.close();
  }

  private static Path properties(Path events) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), FILE + "\n");
    Properties properties = new Properties();
    properties.put("host", host.address());
    properties.put("file", file.toString());
    properties.put("conf.spark.eventLog.dir", events.toUri().toString());
    properties.put("conf.spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    String source = "conf.spark.datasource.cassandra.";
    properties.put(source + "contact-points", Secured.CLUSTER.contactPoint());
    properties.put(source + "username", "shared2");
    properties.put(source + "password", PASSWORD);
    properties.put(source + "catalog.allow-drop", "false");
    for (String catalog : List.of("cass", "open")) {
      String prefix = "conf.spark.sql.catalog." + catalog;
      properties.put(prefix, "io.ringside.spark.CassandraCatalog");
      properties.put(prefix + ".contact-points", Secured.CLUSTER.contactPoint());
    }
    properties.put("conf.spark.sql.catalog.cass.username", "shared1");
    properties.put("conf.spark.sql.catalog.cass.password.file", file.toString());
    Path all = directory.resolve("job.properties");
    try (Writer writer = Files.newBufferedWriter(all)) {
      properties.store(writer, null);
    }
    return all;
  }

  private static List<String> lines(String start) {
    return printed.stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void refusesEveryTrickBeforeItConnects() {
    assertThat(printed).contains("JOB OK");
    List<String> refused =
        lines("REFUSED ").stream()
            .filter(line -> line.contains("| Cannot use option '"))
            .filter(line -> line.endsWith("[INVALID_OPTION]"))
            .toList();
    assertThat(lines("TRICKS ")).containsExactly("TRICKS " + refused.size());
    assertThat(refused).hasSizeGreaterThan(30);
    assertThat(lines("DONE ")).allMatch(line -> line.startsWith("DONE borrowed "));
  }

  /** A program's own credentials do arrive at its own host: the host would have seen the others. */
  @Test
  void sendsNothingButWhatIsTheUsersOwn() {
    assertThat(host.logins()).singleElement().asString().contains("own-user").contains("own-word");
    assertThat(host.connections()).doesNotContain("G");
    assertThat(lines("REFUSED own host | ")).singleElement().asString().contains("Bad credentials");
    assertThat(lines("DONE borrowed ").size() + lines("REFUSED borrowed ").size()).isEqualTo(1);
  }

  @Test
  void keepsWhatTheApplicationSays() {
    assertThat(lines("KEPT ")).containsExactly("KEPT [[3]]");
    assertThat(lines("OWN LOGIN ")).containsExactly("OWN LOGIN [[3]]");
    assertThat(lines("REFUSED a drop | "))
        .singleElement()
        .asString()
        .contains(
            "this catalog drops nothing. The settings that the application starts with say so");
  }

  @Test
  void leavesNoSecretInLogsEventsErrorsAndPlans() {
    assertThat(left).anyMatch(line -> line.contains("SparkListenerSQLExecutionStart"));
    assertThat(left.stream().filter(line -> line.contains("canary-")))
        .as("lines with a secret")
        .isEmpty();
  }
}
