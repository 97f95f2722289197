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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for secrets in all that a job leaves behind: plans, errors, logs and Spark's event log. */
class SecretsIT {
  private static final String CANARY = "canary-password";
  private static final String WRONG = "canary-wrong-password";

  @TempDir static Path directory;

  @Test
  void leavesNoSecretInPlansErrorsLogsAndEvents() throws IOException, InterruptedException {
    Secured.makeTable("kept");
    try (CqlSession admin = Secured.admin()) {
      admin.execute("DROP ROLE IF EXISTS keeper");
      admin.execute("CREATE ROLE keeper WITH PASSWORD = '" + CANARY + "' AND LOGIN = true");
      admin.execute("GRANT ALL ON KEYSPACE " + Secured.KS + " TO keeper");
    }
    Path output = directory.resolve("output.log");
    Path events = Files.createDirectory(directory.resolve("events"));
    int exit =
        ChildJvm.run(
            SecretsJob.class,
            System.getProperty("java.class.path"),
            output,
            List.of(properties(events).toString()));
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(printed.lines().toList()).as("exit %d", exit).contains("JOB OK");
    assertThat(printed)
        .contains("[[6]]")
        .contains("Cannot connect to Cassandra")
        .contains("is not its password")
        .contains("Unknown option 'read.pages'")
        .contains("Spark's driver has no environment variable of this name")
        .contains("an entry, which is not shown as it may hold a password, ")
        .contains("'advanced.heartbeat.interval' in line 2 is not a duration")
        .contains("'advanced.reconnection-policy.class' in line 2 is not the name of a class");
    List<String> all = new ArrayList<>(printed.lines().toList());
    try (Stream<Path> files = Files.walk(events)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.addAll(Files.readAllLines(file));
      }
    }
    assertThat(all).anyMatch(line -> line.contains("SparkListenerSQLExecutionStart"));
    assertThat(all).anyMatch(line -> line.contains("keeper"));
    for (String secret : List.of("canary-", keyLine())) {
      assertThat(all.stream().filter(line -> line.contains(secret)).map(SecretsIT::shortened))
          .as("lines with a secret")
          .isEmpty();
    }
  }

  private static String shortened(String line) {
    return line.length() > 600 ? line.substring(0, 600) : line;
  }

  /** A line of the client's key as PEM has it. */
  private static String keyLine() {
    return Certificates.pem(Secured.CLIENT).lines().skip(2).findFirst().orElseThrow();
  }

  /** Values that are wrong, each with something that must not show. */
  private static List<Map.Entry<String, String>> bad() throws IOException {
    List<Map.Entry<String, String>> bad =
        new ArrayList<>(
            List.of(
                Map.entry("password", "canary-password-2"),
                Map.entry("password.env", "canary-variable"),
                Map.entry("password.file", "canary-file"),
                Map.entry("tls.truststore-password", "canary-trust"),
                Map.entry("tls.keystore-password", "canary-key"),
                Map.entry("tls.keystore.secret", "canary-store"),
                Map.entry("cloud-bundle.secret", "canary-bundle"),
                Map.entry("contact-points", "keeper:canary-point@127.0.0.1:9042"),
                Map.entry("contact-points", "cassandra://keeper:canary-point@127.0.0.1"),
                Map.entry("driver-config", "https://u:canary-user@127.0.0.1:1/x?s=canary-query"),
                Map.entry("driver-config", "ht tp://canary-url"),
                Map.entry("tls.truststore", "https://u:canary-user@127.0.0.1:1/ca.pem"),
                Map.entry("tls.truststore", "-----BEGIN canary-pem")));
    for (String text :
        List.of(
            "advanced.reconnection-policy.class = canary-class",
            "advanced.auth-provider { class = PlainTextAuthProvider, password = canary-auth }",
            "advanced.heartbeat.interval = canary-interval",
            "basic.contact-points = [\"keeper:canary-point@host:1\"]",
            "basic.request.consistency = canary-level",
            "advanced.x = ${canary-substitution}")) {
      Path file = directory.resolve("driver" + bad.size() + ".conf");
      Files.writeString(file, "datastax-java-driver {\n" + text + "\n}");
      bad.add(Map.entry("driver-config", file.toString()));
    }
    return bad;
  }

  private static Path properties(Path events) throws IOException {
    Properties properties = new Properties();
    properties.put("conf.spark.eventLog.dir", events.toUri().toString());
    properties.put("wrong", WRONG);
    properties.put("conf.spark.datasource.cassandra.connection.overrides", "all");
    List<Map.Entry<String, String>> bad = bad();
    for (int i = 0; i < bad.size(); i++) {
      properties.put("bad." + i + '.' + bad.get(i).getKey(), bad.get(i).getValue());
    }
    Map<String, String> options = Secured.options();
    options.put("username", "keeper");
    options.put("password", CANARY);
    options.put("table", "kept");
    options.forEach((name, value) -> properties.put("option." + name, value));
    String catalog = "conf.spark.sql.catalog.secure";
    properties.put(catalog, "io.ringside.spark.CassandraCatalog");
    options.keySet().removeAll(List.of("keyspace", "table", "tls.keystore"));
    options.put("tls.keystore.secret", Certificates.pem(Secured.CLIENT));
    options.forEach((name, value) -> properties.put(catalog + "." + name, value));
    properties.put("conf.spark.cassandra.auth.password", CANARY);
    properties.put("conf.spark.cassandra.connection.ssl.keyStore.password", Certificates.PASSWORD);
    Path file = directory.resolve("job.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }
}
