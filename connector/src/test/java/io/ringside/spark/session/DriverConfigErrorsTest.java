// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a configuration file of the driver is told at once, and without its values. */
class DriverConfigErrorsTest {
  @TempDir Path directory;

  private ConnectionConfig connection(String text) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("driver.conf"), "datastax-java-driver {\n" + text + "\n}");
    return ConnectorConfig.of(
            List.of(Map.of("driver-config", file.toString(), "contact-points", "127.0.0.1:1")),
            Content.shippedAt(name -> name),
            warning -> {})
        .connection();
  }

  private static void assertTold(Throwable error, String reason) {
    assertThat(error)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Cannot use the file of option 'driver-config': %s. Correct the file. [INVALID_OPTION]",
            reason);
    assertThat(Throwables.getStackTrace(error)).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "advanced.heartbeat.interval = canary | 'advanced.heartbeat.interval' in line 2 is not a duration",
        "advanced.connection.pool.local.size = canary"
            + "| 'advanced.connection.pool.local.size' in line 2 is not a whole number",
        "advanced.resolve-contact-points = canary"
            + "| 'advanced.resolve-contact-points' in line 2 is not true or false",
        "advanced.protocol.max-frame-length = canary"
            + "| 'advanced.protocol.max-frame-length' in line 2 is not a size",
        "advanced.auth-provider = canary | 'advanced.auth-provider' in line 2 is not a section",
        "advanced.auth-provider.class = { password = canary }"
            + "| 'advanced.auth-provider.class' in line 2 is not a text",
        "advanced.netty.io-group.size = canary"
            + "| 'advanced.netty.io-group.size' in line 2 is not a whole number",
        "basic.contact-points = canary | 'basic.contact-points' in line 2 is not a list of texts",
        "basic.contact-points = [\"u:canary@host:1\"]"
            + "| 'basic.contact-points' in line 2 is not a list of host:port",
        "advanced.reconnection-policy.class = canary.NoSuch"
            + "| 'advanced.reconnection-policy.class' in line 2 is not the name of a class next to the connector",
        "advanced.auth-provider { class = canary, password = x }"
            + "| 'advanced.auth-provider.class' in line 2 is not the name of a class next to the connector",
        "advanced.request-tracker.classes = [RequestLogger, canary]"
            + "| 'advanced.request-tracker.classes' in line 2 is not a list of names of classes next to the connector",
        "profiles.p { basic.request.timeout = canary }"
            + "| 'basic.request.timeout' in line 2 is not a duration",
        "profiles.p = canary | 'profiles.p' in line 2 is not a section",
        "advanced.x = ${canary} | a substitution has no value, in line 2"
      })
  void namesSettingsOfAnotherType(String text, String reason) throws IOException {
    ConnectionConfig connection = connection(text);
    assertTold(catchThrowable(() -> new DriverConfiguration(connection)), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "basic.contact-points = [\"10.0.0.7:9042\"]",
        "advanced.auth-provider.class = PlainTextAuthProvider",
        "advanced.auth-provider.class = DseGssApiAuthProvider",
        "advanced.retry-policy.class = ConsistencyDowngradingRetryPolicy",
        "advanced.speculative-execution-policy.class = ConstantSpeculativeExecutionPolicy",
        "advanced.throttler.class = ConcurrencyLimitingRequestThrottler",
        "advanced.timestamp-generator.class = ThreadLocalTimestampGenerator",
        "advanced.ssl-engine-factory.class = DefaultSslEngineFactory",
        "advanced.request-tracker.classes = [RequestLogger]",
        "advanced.address-translator.class = FixedHostNameAddressTranslator",
        "basic.load-balancing-policy.class = BasicLoadBalancingPolicy",
        "advanced.schema-change-listener.class = NoopSchemaChangeListener",
        "advanced.metrics.factory.class = NoopMetricsFactory"
      })
  void takesWhatIsRight(String text) throws IOException {
    assertThat(new DriverConfiguration(connection(text)).getInitialConfig()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"advanced.protocol.version = canary | Unknown protocol version name: *****"})
  void masksWhatTheDriverRepeatsOfIt(String text, String reason) throws IOException {
    ConnectionConfig connection = connection(text);
    assertTold(catchThrowable(() -> SessionFactory.open(connection)), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "basic.request.consistency = canary",
        "advanced.protocol.compression = canary",
        "advanced.ssl-engine-factory { class = DefaultSslEngineFactory, keystore-path = /canary }"
      })
  void repeatsNothingWhateverFails(String text) throws IOException {
    ConnectionConfig connection = connection(text);
    Throwable error = catchThrowable(() -> SessionFactory.open(connection));
    assertThat(error).isInstanceOf(InvalidInputException.class).hasMessageContaining("*****");
    assertThat(Throwables.getStackTrace(error)).doesNotContain("canary");
  }
}
