// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.config.scc.SccSettings;
import io.ringside.spark.error.ConnectorThrowable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorConfigTest {
  private static ConnectorConfig resolve(Map<String, String> options) {
    return resolve(List.of(options));
  }

  /** A new file of this text. */
  private static String file(String text) {
    try {
      Path file = Files.createTempFile("ringside", ".txt");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConnectorConfig resolve(List<Map<String, String>> layers) {
    return ConnectorConfig.of(
        layers, Content.shippedAt(name -> "no such file/" + name), warning -> {});
  }

  @Test
  void needsNoOption() {
    ConnectorConfig config = resolve(Map.of());
    assertThat(config.connection().contactPoints())
        .containsExactly(new HostAndPort("127.0.0.1", 9042));
    assertThat(config.read())
        .isEqualTo(
            new ReadConfig(
                new SplitConfig(64 << 20, 2 << 20, 1, 100_000, null, List.of()),
                new PushdownConfig(true, AllowFiltering.AUTO, 200_000, null, null),
                new FetchConfig(
                    ConsistencyLevel.LOCAL_ONE,
                    4,
                    32,
                    new PageConfig(1 << 20, 8 << 20, Duration.ofSeconds(12)),
                    16 << 20,
                    Duration.ofMinutes(5),
                    true),
                OnTruncate.FAIL,
                null,
                null));
    assertThat(config.write().rows().nulls()).isEqualTo(NullHandling.UNSET);
    assertThat(config.write().rows().timestamp().source()).isEqualTo(WriteTimestamp.Source.JOB);
    assertThat(config.write().rows().ttlSeconds()).isNull();
  }

  @Test
  void readsEveryOption() {
    ConnectorConfig config =
        resolve(
            Map.ofEntries(
                Map.entry("Keyspace", "ks"),
                Map.entry("table", "t"),
                Map.entry("contact-points", "a, b:1, [::1]:2, ::2"),
                Map.entry("port", "3"),
                Map.entry("local-dc", "dc"),
                Map.entry("username", "u"),
                Map.entry("password", "p"),
                Map.entry("driver-config", file("#")),
                Map.entry("tls.enabled", "true"),
                Map.entry("tls.truststore", "base64:AQI="),
                Map.entry("tls.truststore-password", "q"),
                Map.entry("tls.keystore.secret", "Aw=="),
                Map.entry("tls.keystore-password.file", file("r\n")),
                Map.entry("tls.protocols", "TLSv1.3"),
                Map.entry("tls.cipher-suites", "A,B"),
                Map.entry("tls.hostname-verification", "false"),
                Map.entry("compression", "LZ4"),
                Map.entry("connect-timeout", "500ms"),
                Map.entry("connections-per-node", "2"),
                Map.entry("session.idle-timeout", "2h"),
                Map.entry("read.consistency", "local-quorum"),
                Map.entry("read.split-size", "1g"),
                Map.entry("read.smallest-split-size", "3m"),
                Map.entry("read.min-splits", "5"),
                Map.entry("read.max-splits", "6"),
                Map.entry("read.ranges-in-flight", "7"),
                Map.entry("read.size-hint", "70"),
                Map.entry("read.token-ranges", "-5:0, 1:10"),
                Map.entry("read.pushdown", "false"),
                Map.entry("read.allow-filtering", "never"),
                Map.entry("read.max-keys", "71"),
                Map.entry("read.per-partition-limit", "3"),
                Map.entry("read.where", "v = 1"),
                Map.entry("read.keys-in-flight", "72"),
                Map.entry("read.page-size", "8k"),
                Map.entry("read.max-page-size", "16k"),
                Map.entry("read.hedging", "false"),
                Map.entry("read.on-truncate", "warn"),
                Map.entry("read.buffer-size", "9"),
                Map.entry("read.page-timeout", "10s"),
                Map.entry("read.retry-time", "11m"),
                Map.entry("write.consistency", "ALL"),
                Map.entry("write.batch-bytes", "12kb"),
                Map.entry("write.batch-rows", "13"),
                Map.entry("write.in-flight", "14"),
                Map.entry("write.buffer-size", "15mb"),
                Map.entry("write.request-timeout", "16s"),
                Map.entry("write.retry-time", "17s"),
                Map.entry("write.nulls", "tombstone"),
                Map.entry("write.conversion", "strict"),
                Map.entry("write.time-zone", "Europe/Paris"),
                Map.entry("row-level.read-consistency", "all"),
                Map.entry("write.ttl", "18"),
                Map.entry("write.timestamp", "19"),
                Map.entry("write.ttl-column", "seconds"),
                Map.entry("write.timestamp-column", "at"),
                Map.entry("write.cell-metadata", "true"),
                Map.entry("confirm-truncate", "true"),
                Map.entry("partitionOverwriteMode", "dynamic"),
                Map.entry("write.if", "v < :v"),
                Map.entry("write.not-applied", "fail"),
                Map.entry("write.serial-consistency", "local-serial"),
                Map.entry("write.allow-speculation", "true"),
                Map.entry("write.distribution", "partition-key"),
                Map.entry("write.rate-limit", "20 rows"),
                Map.entry("read.rate-limit", "2m"),
                Map.entry("read.lookup-cache-size", "1m"),
                Map.entry("read.lookup-cache-time", "73s"),
                Map.entry("write.operation", "delete"),
                Map.entry("write.collection.Tags", "append"),
                Map.entry("catalog.allow-drop", "true"),
                Map.entry("catalog.allow-cql", "true"),
                Map.entry("connection.overrides", "all"),
                Map.entry("decimal.Price", "12,2")));
    assertThat(config)
        .isEqualTo(
            new ConnectorConfig(
                "ks",
                "t",
                new ConnectionConfig(
                    new EndpointConfig(
                        List.of(
                            new HostAndPort("a", 3),
                            new HostAndPort("b", 1),
                            new HostAndPort("::1", 2),
                            new HostAndPort("::2", 3)),
                        "dc",
                        null),
                    new LoginConfig("u", new Secret("p"), null),
                    new TlsConfig(
                        Secret.of(new byte[] {1, 2}),
                        new Secret("q"),
                        Secret.of(new byte[] {3}),
                        new Secret("r"),
                        List.of("TLSv1.3"),
                        List.of("A", "B"),
                        false),
                    new SessionConfig(
                        Secret.of(new byte[] {'#'}),
                        Set.of(
                            "cluster",
                            "auth-provider",
                            "cloud-bundle",
                            "cloud-bundle.secret",
                            "tls.keystore"),
                        Compression.LZ4,
                        Duration.ofMillis(500),
                        2,
                        Duration.ofHours(2))),
                new ReadConfig(
                    new SplitConfig(
                        1 << 30,
                        3 << 20,
                        5,
                        6,
                        70L,
                        List.of(
                            new TokenInterval(BigInteger.valueOf(-5), BigInteger.ZERO),
                            new TokenInterval(BigInteger.ONE, BigInteger.TEN))),
                    new PushdownConfig(false, AllowFiltering.NEVER, 71, 3, "v = 1"),
                    new FetchConfig(
                        ConsistencyLevel.LOCAL_QUORUM,
                        7,
                        72,
                        new PageConfig(8 << 10, 16 << 10, Duration.ofSeconds(10)),
                        9,
                        Duration.ofMinutes(11),
                        false),
                    OnTruncate.WARN,
                    new RateLimit(RateLimit.Unit.BYTES, 2 << 20),
                    new CacheConfig(1 << 20, Duration.ofSeconds(73))),
                new WriteConfig(
                    new RowConfig(
                        NullHandling.TOMBSTONE,
                        new LifetimeConfig(
                            18,
                            "seconds",
                            new WriteTimestamp(WriteTimestamp.Source.FIXED, 19L),
                            "at",
                            true),
                        ZoneId.of("Europe/Paris"),
                        Map.of("Tags", CollectionWrite.APPEND),
                        WriteConversion.STRICT),
                    new SendConfig(
                        ConsistencyLevel.ALL,
                        12 << 10,
                        13,
                        14,
                        15 << 20,
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(17)),
                    new JobConfig(
                        WriteOperation.DELETE,
                        true,
                        PartitionOverwriteMode.DYNAMIC,
                        true,
                        WriteDistribution.PARTITION_KEY,
                        new RateLimit(RateLimit.Unit.ROWS, 20),
                        ConsistencyLevel.ALL),
                    new WriteCondition(
                        false, "v < :v", NotApplied.FAIL, SerialConsistency.LOCAL_SERIAL)),
                new CatalogConfig(
                    new Permission("catalog.allow-drop", true, false),
                    new Permission("catalog.allow-cql", true, false)),
                Map.of("Price", "12,2")));
  }

  @Test
  void takesTheStrongestLayerThenTheAliasThenTheDefault() {
    List<Map<String, String>> layers =
        List.of(
            Map.of("port", "1", "spark.cassandra.connection.port", "4"),
            Map.of("port", "2", "local-dc", "middle"),
            Map.of(
                "spark.cassandra.connection.port", "3",
                "spark.cassandra.connection.localDC", "alias",
                "spark.cassandra.output.ttl", "60"));
    ConnectorConfig config = resolve(layers);
    assertThat(config.connection().contactPoints().get(0).port()).isEqualTo(1);
    assertThat(config.connection().localDc()).isEqualTo("middle");
    assertThat(config.write().rows().ttlSeconds()).isEqualTo(60);
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                resolve(
                    Map.of(
                        "contactpoint", "x",
                        "read.split-size", "abc",
                        "write.in-flight", "0",
                        "read.consistency", "each_quorum",
                        "username", "only")))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageContaining("Unknown option 'contactpoint'. Did you mean 'contact-points'?")
        .hasMessageContaining(
            "Cannot read option 'read.split-size': 'abc' is not a size. Use a number with a unit,"
                + " for example '64m'.")
        .hasMessageContaining("'0' is not a whole number from 1 to 1024")
        .hasMessageContaining("EACH_QUORUM is a level for writes only")
        .hasMessageContaining("'username' and 'password'");
  }

  @Test
  void translatesTheOtherConnectorsUnits() {
    ConnectorConfig config =
        resolve(
            List.of(
                Map.of(
                    "ttl", "0",
                    "Spark.Cassandra.input.split.size_in_mb", "7",
                    "pushdown", "false"),
                Map.of(
                    "spark.cassandra.output.ttl", "60",
                    "spark.cassandra.read.timeoutMS", "1500",
                    "spark.cassandra.output.ignoreNulls", "false",
                    "spark.cassandra.output.batch.size.rows", "auto",
                    "spark.cassandra.sql.inClauseToFullScanConversionThreshold", "20000000")));
    assertThat(config.write().rows().ttlSeconds()).isNull();
    assertThat(config.write().rows().nulls()).isEqualTo(NullHandling.TOMBSTONE);
    assertThat(config.write().send().batchRows()).isEqualTo(64);
    assertThat(config.write().send().requestTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.read().fetch().pageTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.read().split().splitBytes()).isEqualTo(7 << 20);
    assertThat(config.read().push().maxKeys()).isEqualTo(10_000_000);
    assertThat(config.read().push().enabled()).isFalse();
  }

  @Test
  void namesSettingsOfTheOtherConnectorThatAreNone() {
    assertThat(
            SccSettings.unknown(
                List.of(
                    "spark.cassandra.connection.hots",
                    "spark.cassandra.connection.Host",
                    "here:ks/spark.cassandra.output.tl",
                    "spark.cassandra.no.such.thing.at.all.is.there",
                    "spark.cassandra.connection.host",
                    "here/spark.cassandra.connection.port",
                    "spark.cassandra.query.retry.count",
                    "spark.executor.cores",
                    "a/b/c"),
                ConnectorConfig.settingsOfScc()))
        .containsExactly(
            "Cannot apply setting 'here:ks/spark.cassandra.output.tl': there is none of this name."
                + " Did you mean 'spark.cassandra.output.ttl'?",
            "Cannot apply setting 'spark.cassandra.connection.Host': there is none of this name."
                + " Did you mean 'spark.cassandra.connection.host'?",
            "Cannot apply setting 'spark.cassandra.connection.hots': there is none of this name."
                + " Did you mean 'spark.cassandra.connection.host'?",
            "Cannot apply setting 'spark.cassandra.no.such.thing.at.all.is.there': there is none of"
                + " this name.");
  }

  @Test
  void letsPassWhatSparkAddsItself() {
    assertThat(resolve(Map.of("path", "x", "option.keyspace", "x", "provider", "cassandra")))
        .isEqualTo(resolve(Map.of()));
  }

  @Test
  void neverShowsThePassword() {
    ConnectorConfig config = resolve(Map.of("username", "u", "password", "canary"));
    assertThat(config.toString()).contains("username=u").doesNotContain("canary");
    assertThatThrownBy(() -> resolve(Map.of("password", "canary", "x", "y")))
        .hasMessageNotContaining("canary");
  }

  @Test
  void refusesTokenRangesThatAreNone() {
    for (String bad : List.of("5", "5:5", "9:1", "a:b", ":")) {
      assertThatThrownBy(() -> resolve(Map.of("read.token-ranges", bad)))
          .hasMessageContaining("'" + bad + "' is not a token range");
    }
    assertThatThrownBy(() -> resolve(Map.of("read.token-ranges", "5:9,0:6")))
        .hasMessageContaining("its ranges overlap");
    assertThat(resolve(Map.of("read.token-ranges", "5:9,0:5")).read().split().tokenRanges())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"contact-points", "contact_points", "contactPoints", "CONTACTPOINTS"})
  void takesANameInAnySpelling(String name) {
    assertThat(resolve(Map.of(name, "node")).connection().contactPoints())
        .containsExactly(new HostAndPort("node", 9042));
  }

  @ParameterizedTest
  @ValueSource(strings = {"read.split-size", "read_split_size", "readSplitSize", "Read.Split_Size"})
  void takesAGroupedNameInAnySpelling(String name) {
    assertThat(resolve(Map.of(name, "1k")).read().split().splitBytes()).isEqualTo(1024);
  }

  @Test
  void takesTheNameOfASecretsFileInAnySpelling() {
    assertThat(
            resolve(Map.of("username", "u", "password_file", file("secret")))
                .connection()
                .password())
        .isEqualTo(new Secret("secret"));
  }

  @Test
  void refusesTwoSpellingsOfOneOption() {
    assertThatThrownBy(() -> resolve(Map.of("read_page_size", "1k", "read.page-size", "2k")))
        .hasMessageContaining(
            "Cannot choose between 'read.page-size' and 'read_page_size', two spellings of option"
                + " 'read.page-size'. Remove one of them.");
  }

  @Test
  void prefersTheStrongerLayerWhateverTheSpelling() {
    ConnectorConfig config =
        resolve(List.of(Map.of("writeTtl", "1"), Map.of("write.ttl", "2", "local_dc", "dc")));
    assertThat(config.write().rows().ttlSeconds()).isEqualTo(1);
    assertThat(config.connection().localDc()).isEqualTo("dc");
  }

  @Test
  void namesAnOptionByItsDocumentedSpellingInErrors() {
    assertThatThrownBy(() -> resolve(Map.of("readPageSize", "abc")))
        .hasMessageContaining("Cannot read option 'read.page-size': 'abc' is not a size");
  }

  @Test
  void knowsWhichOptionsSayHowToConnect() {
    assertThat(List.of("contact_points", "password.env", "spark.cassandra.connection.host"))
        .allMatch(ConnectorConfig::isOfConnection);
    assertThat(List.of("keyspace", "read.page-size", "ttl", "no such option"))
        .noneMatch(ConnectorConfig::isOfConnection);
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York,America/New_York",
    "UTC,UTC",
    "EST,-05:00",
    "+1:00,+01:00",
    "GMT+08:00,GMT+08:00",
    "Z,Z"
  })
  void takesTimeZonesAsSparkNamesThem(String given, String zone) {
    assertThat(resolve(Map.of("write.time-zone", given)).write().rows().zone())
        .isEqualTo(ZoneId.of(zone));
  }

  @Test
  void refusesTimeZonesThatAreNone() {
    assertThatThrownBy(() -> resolve(Map.of("write.time-zone", "Mars/Olympus")))
        .hasMessageContaining("'Mars/Olympus' is not a time zone");
  }

  @Test
  void readsToChangeRowsAtALevelOfItsOwn() {
    ConnectorConfig config = resolve(Map.of("read.consistency", "one"));
    assertThat(config.read().fetch().consistency()).isEqualTo(ConsistencyLevel.ONE);
    assertThat(config.readingToChange().read().fetch().consistency())
        .isEqualTo(ConsistencyLevel.LOCAL_QUORUM);
    assertThat(
            resolve(Map.of("row-level.read-consistency", "all"))
                .readingToChange()
                .read()
                .fetch()
                .consistency())
        .isEqualTo(ConsistencyLevel.ALL);
  }

  @Test
  void refusesToReadRowsToChangeAtLevelsOfWrites() {
    assertThatThrownBy(() -> resolve(Map.of("row-level.read-consistency", "any")))
        .hasMessageContaining(
            "Cannot read option 'row-level.read-consistency': ANY is a level for writes only");
  }
}
