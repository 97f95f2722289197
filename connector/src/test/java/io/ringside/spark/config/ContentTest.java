// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by path, by the name that Spark ships them under, by URL, and inline. */
class ContentTest {
  private static final byte[] BUNDLE = "a bundle".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @BeforeEach
  void writeFile() throws IOException {
    Files.write(directory.resolve("bundle.zip"), BUNDLE);
  }

  private ConnectionConfig resolve(Map<String, String> options) {
    return ConnectorConfig.of(
            List.of(options),
            Content.shippedAt(name -> directory.resolve(name).toString()),
            warning -> {})
        .connection();
  }

  private byte[] bundle(String option, String value) {
    return requireNonNull(resolve(Map.of(option, value)).cloudBundle()).bytes();
  }

  @Test
  void findsABundleByPathNameUrlAndBase64() {
    Path file = directory.resolve("bundle.zip");
    assertThat(bundle("cloud-bundle", file.toString())).isEqualTo(BUNDLE);
    assertThat(bundle("cloud-bundle", "bundle.zip")).isEqualTo(BUNDLE);
    assertThat(bundle("cloud-bundle", file.toUri().toString())).isEqualTo(BUNDLE);
    assertThat(bundle("cloud-bundle.secret", Base64.getEncoder().encodeToString(BUNDLE)))
        .isEqualTo(BUNDLE);
    assertThat(bundle("spark.cassandra.connection.config.cloud.path", file.toString()))
        .isEqualTo(BUNDLE);
    assertThat(resolve(Map.of("cloud-bundle", "bundle.zip")).contactPoints()).isEmpty();
  }

  @Test
  void downloadsABundleAndKeepsSignedUrlsToItself() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/bundle.zip",
        exchange -> {
          exchange.sendResponseHeaders(200, BUNDLE.length);
          exchange.getResponseBody().write(BUNDLE);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(bundle("cloud-bundle", url + "/bundle.zip")).isEqualTo(BUNDLE);
      assertThatThrownBy(() -> bundle("cloud-bundle", url + "/other?signature=canary"))
          .hasMessageContaining("Cannot read what option 'cloud-bundle' refers to: its URL")
          .hasMessageNotContaining("canary");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tellsWhatCannotBeRead() {
    assertThatThrownBy(() -> bundle("cloud-bundle", "nowhere.zip"))
        .hasMessageContaining("nor one of this name among --files");
    assertThatThrownBy(() -> bundle("cloud-bundle", "s3a://bucket/bundle.zip"))
        .hasMessageContaining("only paths, names of --files, http, https and file URLs");
    assertThatThrownBy(() -> bundle("cloud-bundle.secret", "???"))
        .hasMessageContaining("it is neither PEM text nor Base64");
    assertThatThrownBy(() -> resolve(Map.of("password.env", "NO_SUCH_VARIABLE", "username", "u")))
        .hasMessageContaining("no environment variable 'NO_SUCH_VARIABLE'");
    assertThatThrownBy(() -> resolve(Map.of("password.file", "nowhere", "username", "u")))
        .hasMessageContaining("Cannot read the file that option 'password.file' names");
    assertThatThrownBy(
            () -> resolve(Map.of("password", "canary", "password.env", "X", "username", "u")))
        .hasMessageContaining("Cannot choose between options [password, password.env]")
        .hasMessageNotContaining("canary");
  }

  @Test
  void refusesWhatABundleBrings() {
    Map<String, String> options = new HashMap<>(Map.of("cloud-bundle", "bundle.zip"));
    options.putAll(Map.of("contact-points", "x", "tls.enabled", "true", "local-dc", "dc"));
    assertThatThrownBy(() -> resolve(options))
        .hasMessageContaining("Cannot use option 'contact-points' with a cloud bundle")
        .hasMessageContaining("Cannot use option 'tls.enabled' with a cloud bundle")
        .hasMessageContaining("Cannot use option 'local-dc' with a cloud bundle");
  }

  @Test
  void showsNoStoreInText() {
    ConnectionConfig connection =
        resolve(
            Map.of(
                "tls.enabled", "true",
                "tls.keystore.secret", "Y2FuYXJ5",
                "tls.keystore-password", "canary"));
    assertThat(requireNonNull(requireNonNull(connection.tls()).keyStore()).bytes())
        .asString()
        .isEqualTo("canary");
    assertThat(connection.toString()).doesNotContain("canary").doesNotContain("Y2FuYXJ5");
  }

  @Test
  void readsALocationOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("once.conf"), "first");
    Content content = Content.shippedAt(name -> name);
    assertThat(content.at(file.toString())).asString().isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(content.at(file.toString())).asString().isEqualTo("first");
    assertThat(Content.shippedAt(name -> name).at(file.toString())).asString().isEqualTo("second");
  }

  @Test
  void looksAgainForAFileThatWasNotThere() throws IOException {
    Path file = directory.resolve("late.conf");
    Content content = Content.shippedAt(name -> name);
    assertThatThrownBy(() -> content.at(file.toString())).hasMessageContaining("there is no file");
    Files.writeString(file, "here");
    assertThat(content.at(file.toString())).asString().isEqualTo("here");
  }

  @Test
  void checksOptionsWithoutReadingWhatTheyReferTo() {
    ConnectorConfig checked =
        ConnectorConfig.of(
            List.of(
                Map.of(
                    "username",
                    "u",
                    "password.file",
                    "/no/such/file",
                    "driver-config",
                    "http://127.0.0.1:1/none")),
            Content.unread(),
            warning -> {});
    assertThat(checked.connection().username()).isEqualTo("u");
  }
}
