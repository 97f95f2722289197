// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code application.conf} of this module's tests sets what no session here may see. */
class DriverConfigurationTest {
  private static final String PROPERTY = "datastax-java-driver.basic.request.page-size";

  @TempDir Path directory;

  @AfterEach
  void clear() {
    System.clearProperty(PROPERTY);
  }

  private static ConnectionConfig connection(Map<String, String> options) {
    return ConnectorConfig.of(List.of(options), Content.shippedAt(name -> name), warning -> {})
        .connection();
  }

  private static DriverExecutionProfile profile(Map<String, String> options) {
    return new DriverConfiguration(connection(options)).getInitialConfig().getDefaultProfile();
  }

  private Map<String, String> withFile(String text, Map<String, String> options)
      throws IOException {
    Path file = Files.writeString(directory.resolve("driver.conf"), text);
    Map<String, String> all = new HashMap<>(options);
    all.put("driver-config", file.toString());
    return all;
  }

  @Test
  void seesNeitherApplicationConfNorSystemProperties() {
    System.setProperty(PROPERTY, "17");
    DriverExecutionProfile profile = profile(Map.of());
    assertThat(profile.getInt(DefaultDriverOption.REQUEST_PAGE_SIZE)).isEqualTo(500);
    assertThat(profile.getInt(DefaultDriverOption.METADATA_SCHEMA_REQUEST_PAGE_SIZE))
        .isEqualTo(500);
    assertThat(profile.getInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS)).isEqualTo(1024);
    assertThat(profile.getString(DefaultDriverOption.RETRY_POLICY_CLASS))
        .isEqualTo(RethrowingRetryPolicy.class.getName());
  }

  @Test
  void putsOptionsAboveTheFileAndDefaultsBelowIt() throws IOException {
    Map<String, String> options =
        withFile(
            """
            datastax-java-driver {
              basic.contact-points = ["10.0.0.7:9999"]
              advanced.connection.connect-timeout = 3 seconds
              advanced.connection.pool.local.size = 4
              advanced.retry-policy.class = DefaultRetryPolicy
              advanced.heartbeat.interval = 77 seconds
            }
            """,
            Map.of("connections-per-node", "2"));
    DriverExecutionProfile profile = profile(options);
    assertThat(profile.getDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(profile.getInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE)).isEqualTo(2);
    assertThat(profile.getDuration(DefaultDriverOption.HEARTBEAT_INTERVAL))
        .isEqualTo(Duration.ofSeconds(77));
    assertThat(profile.getString(DefaultDriverOption.RETRY_POLICY_CLASS))
        .isEqualTo(RethrowingRetryPolicy.class.getName());
    assertThat(profile.getStringList(DefaultDriverOption.CONTACT_POINTS))
        .containsExactly("10.0.0.7:9999");
    assertThat(connection(options).contactPoints()).isEmpty();
    assertThat(profile(Map.of()).getDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void neverShowsWhatIsInAMalformedFile() throws IOException {
    for (String text : List.of("a = \"canary", "canary { password = canary }", "canary = [1")) {
      ConnectionConfig connection = connection(withFile(text, Map.of()));
      assertThatThrownBy(() -> new DriverConfiguration(connection))
          .hasMessageContaining("Cannot use the file of option 'driver-config'")
          .hasMessageNotContaining("canary")
          .hasNoCause();
      assertThat(connection.toString()).doesNotContain("canary");
    }
  }

  @Test
  void readsNoSchemaBeforeAKeyspaceIsInUse() {
    assertThat(
            profile(Map.of())
                .getStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES))
        .containsExactly("system_traces");
  }
}
