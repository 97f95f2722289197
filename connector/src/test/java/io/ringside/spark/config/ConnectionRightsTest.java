// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may say what about a connection. Layers are written as {@code origin: option=value, …}, the
 * strongest first, with {@code |} between.
 */
class ConnectionRightsTest {
  private static final String LOGIN = "username=u, password=canary";

  private static List<OptionLayer> layers(String text) {
    List<OptionLayer> layers = new ArrayList<>();
    for (String layer : text.split("\\|", -1)) {
      String[] parts = layer.split(":", 2);
      Map<String, String> options = new HashMap<>();
      for (String option : parts[1].split(",", -1)) {
        if (!option.isBlank()) {
          options.put(option.split("=", 2)[0].trim(), option.split("=", 2)[1].trim());
        }
      }
      layers.add(
          new OptionLayer(Origin.valueOf(parts[0].trim().toUpperCase(Locale.ROOT)), options));
    }
    return layers;
  }

  /** Content that may not be read. */
  private static ConnectorConfig resolve(String layers) {
    return ConnectorConfig.resolve(layers(layers), Content.unread(), warning -> {});
  }

  private static void assertRefused(String layers, String... parts) {
    assertThatThrownBy(() -> resolve(layers))
        .as(layers)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A program gives all of it together.
        "table: contact-points=a, " + LOGIN,
        "table: contact-points=a, port=1, tls.enabled=true, " + LOGIN,
        "statement: contact-points=a, " + LOGIN + "| table: contact-points=b",
        "session: contact-points=a, " + LOGIN,
        "table: contact-points=a, tls.enabled=true, tls.truststore=-----BEGIN x, " + LOGIN,
        "table: contact-points=a, tls.enabled=true, tls.truststore=base64:eA==, " + LOGIN,
        "table: contact-points=a, tls.enabled=true, tls.keystore.secret=eA==",
        "table: cloud-bundle.secret=eA==, " + LOGIN,
        // Hosts or protection are the application's.
        "table: " + LOGIN + "| application: contact-points=a, tls.enabled=true",
        "table: contact-points=b, " + LOGIN + "| application: tls.enabled=true, tls.truststore=/f",
        "statement: " + LOGIN + "| catalog: contact-points=a, tls.enabled=true",
        "session: " + LOGIN + "| catalog: contact-points=a, tls.enabled=true, tls.keystore=/f",
        // Nothing that proves anything is at stake.
        "table: contact-points=b | application: contact-points=a",
        "table: contact-points=b | application: username=u, connect-timeout=1s, password=canary,"
            + " connection.overrides=all",
        "statement: connect-timeout=1s, local-dc=dc, compression=lz4 | catalog: contact-points=a, "
            + LOGIN,
        // What somebody else says counts for nothing, as it is weaker.
        "catalog: contact-points=a, " + LOGIN + "| session: contact-points=b",
        "catalog: contact-points=a, port=1 | session: port=2 | application: connection.overrides=none"
      })
  void allows(String layers) {
    assertThat(resolve(layers).connection()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table: contact-points=evil",
        "table: port=1",
        "session: contact-points=evil",
        "statement: contact-points=evil",
        "table: tls.enabled=false",
        "session: tls.hostname-verification=false",
        "statement: tls.truststore=-----BEGIN x",
        "session: tls.protocols=SSLv3",
        "session: tls.cipher-suites=NULL",
        "statement: cloud-bundle.secret=eA==",
        "table: spark.cassandra.connection.host=evil",
        "session: spark.cassandra.connection.port=1",
        "session: spark.cassandra.connection.ssl.enabled=false",
        "table: contactPoints=evil",
        "table: CONTACT_POINTS=evil"
      })
  void sendsCredentialsOfTheApplicationNowhereElse(String layer) {
    for (String credentials :
        List.of(
            LOGIN,
            "username=u, password.file=/f",
            "username=u, password.env=HOME",
            "tls.enabled=true, tls.keystore=/f",
            "tls.enabled=true, tls.keystore.secret=eA==",
            "auth-provider=a.B",
            "driver-config=/f",
            "spark.cassandra.auth.username=u, spark.cassandra.auth.password=canary")) {
      assertRefused(
          layer + "| application: contact-points=a, " + credentials,
          "Cannot use option '",
          "' of the application with option '",
          "credentials are for hosts and protection that were given with them");
      assertRefused(layer + "| catalog: contact-points=a, " + credentials, "Cannot use option '");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The victim's own credentials, at a host of whoever made the table.
        "table: contact-points=evil | session: " + LOGIN,
        "statement: " + LOGIN + "| table: contact-points=evil",
        "statement: contact-points=evil | session: " + LOGIN,
        "table: contact-points=evil | session: spark.cassandra.auth.username=u,"
            + " spark.cassandra.auth.password=canary",
        // Another user's name with a password that is not his.
        "statement: username=other | application: " + LOGIN,
        "table: contact-points=evil, username=x | application: password=canary",
        // Another store with the application's password.
        "table: tls.keystore.secret=eA== | application: tls.enabled=true,"
            + " tls.keystore-password=canary"
      })
  void bindsCredentialsToTheirOrigin(String layers) {
    assertRefused(layers, "credentials are for hosts and protection that were given with them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password.file=/etc/passwd, username=u",
        "password.env=HOME, username=u",
        "passwordFile=/etc/passwd, username=u",
        "auth-provider=a.B",
        "cloud-bundle=http://evil/b.zip",
        "cloud-bundle.secret.file=/f",
        "driver-config=http://evil/driver.conf",
        "spark.cassandra.connection.config.profile.path=/f",
        "spark.cassandra.connection.config.cloud.path=/f",
        "tls.enabled=true, tls.truststore=http://evil/ca.pem",
        "tls.enabled=true, spark.cassandra.connection.ssl.trustStore.path=/f",
        "tls.enabled=true, tls.truststore-password.env=HOME",
        "tls.enabled=true, tls.keystore=/f",
        "tls.enabled=true, tls.keystore.secret.file=/f",
        "tls.enabled=true, tls.keystore-password.file=/f"
      })
  void letsOthersNameNoFilesVariablesUrlsAndClasses(String options) {
    for (Origin origin : List.of(Origin.STATEMENT, Origin.TABLE, Origin.SESSION)) {
      assertRefused(
          origin.name() + ": " + options,
          "Cannot use option '",
          "' of "
              + origin
              + ": only settings that the application starts with may name files,"
              + " variables, URLs and classes, as 'connection.overrides' is 'hosts'.",
          "--conf spark.datasource.cassandra.connection.overrides=all.");
      String trusting = origin.name() + ": " + options + "| application: connection.overrides=all";
      assertThat(resolve(trusting).connection()).isNotNull();
    }
    assertThat(resolve("application: " + options).connection()).isNotNull();
  }

  @Test
  void readsNothingThatItRefuses() {
    Content content =
        Content.shippedAt(
            name -> {
              throw new AssertionError("reads " + name);
            });
    assertThatThrownBy(
            () ->
                ConnectorConfig.resolve(
                    layers("table: username=u, password.file=x | application: driver-config=y"),
                    content,
                    warning -> {}))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void allowsWhatTheApplicationSays() {
    String hosts = "statement: contact-points=b, " + LOGIN;
    String login = "statement: " + LOGIN;
    String behaviour = "statement: connect-timeout=1s";
    for (String origin : List.of("catalog", "application")) {
      String layer = "|" + origin + ": contact-points=a, connection.overrides=";
      assertRefused(hosts + layer + "none", "'contact-points'", "'password'", "'username'");
      assertRefused(login + layer + "none", "may say who logs in", "is 'none'", "overrides=login");
      assertThat(resolve(behaviour + layer + "none").connection()).isNotNull();
      assertRefused(hosts + layer + "login", "may say where to connect to", "overrides=hosts");
      assertThat(resolve(login + layer + "login").connection()).isNotNull();
      assertThat(resolve(hosts + layer + "hosts").connection()).isNotNull();
      assertThat(resolve(hosts + layer + "all").connection()).isNotNull();
    }
    assertRefused(hosts + "| catalog: contact-points=a", "is 'login'");
  }

  @Test
  void takesTheRuleFromTheApplicationAlone() {
    for (String origin : List.of("statement", "table", "session")) {
      assertRefused(
          origin + ": connection.overrides=all, contact-points=evil | application: " + LOGIN,
          "Cannot use option 'connection.overrides' of the ",
          "may say what others may say");
    }
  }

  @Test
  void knowsEveryOptionOfAConnection() {
    assertThat(ConnectionPart.ALL.stream().flatMap(part -> part.options().stream()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ConnectionOptions.ALL);
  }

  @Test
  void keepsWhatTheApplicationSaysOfDropsAndCql() {
    Permission drop =
        resolve("session: catalog.allow-drop=true | application: catalog.allow-drop=false")
            .catalog()
            .drop();
    assertThat(drop).isEqualTo(new Permission("catalog.allow-drop", false, true));
    assertThat(resolve("session: catalog.allow-cql=true").catalog().cql())
        .isEqualTo(new Permission("catalog.allow-cql", true, false));
    assertThat(
            resolve("session: catalog.allow-cql=false | application: catalog.allow-cql=true")
                .catalog()
                .cql())
        .isEqualTo(new Permission("catalog.allow-cql", false, false));
    assertThat(resolve("application: keyspace=k").catalog().cql().granted()).isFalse();
  }
}
