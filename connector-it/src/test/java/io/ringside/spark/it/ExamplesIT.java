// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.examples.FraudAlerts;
import io.ringside.spark.it.examples.IotRollUp;
import io.ringside.spark.it.examples.LogAnalysis;
import io.ringside.spark.it.examples.SocketWordCount;
import io.ringside.spark.it.kafka.KafkaBroker;
import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.spark.SourceCompiler;
import io.ringside.spark.it.spark.SparkProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each example as its users do and compares the tables that it writes, read past the
 * connector, with what the test computes itself from the same input.
 */
class ExamplesIT {
  private static final LocalDate DAY = LocalDate.of(2024, 5, 1);
  private static final String EXAMPLES = "io.ringside.spark.it.examples";
  private static final Instant MIDNIGHT = Instant.parse("2024-05-01T00:00:00Z");

  /** Of one version, as there are repositories that have not all modules of each. */
  private static final String[] KAFKA = {
    "org.apache.spark:spark-sql_2.13:4.0.0", "org.apache.spark:spark-sql-kafka-0-10_2.13:4.0.0"
  };

  private static final String MLLIB = "org.apache.spark:spark-mllib_2.13:4.0.0";

  /** Shows what is sent to Cassandra. */
  private static final SparkSession SPARK = Spark.SESSION.newSession();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void configure() {
    SPARK.conf().set("spark.datasource.cassandra.driver-config", SentCql.driverConfig());
  }

  /** Makes the tables of an example as its own file does. */
  private static void makeTables(String keyspace, String file) throws IOException {
    Cassandra.keyspace(keyspace);
    try (InputStream in = ExamplesIT.class.getResourceAsStream("/examples/" + file)) {
      for (String statement :
          new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).split(";", -1)) {
        if (!statement.isBlank()) {
          Cassandra.cql(statement);
        }
      }
    }
  }

  private static Instant instant(Row row, String column) {
    return Objects.requireNonNull(row.getInstant(column));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column));
  }

  @Test
  void rollsUpTheReadingsOfOneSiteAndDay() throws IOException {
    makeTables("iot", "iot.cql");
    Map<String, List<Double>> expected = new TreeMap<>();
    Random random = new Random(1);
    for (int sensor = 0; sensor < 60; sensor++) {
      String name = "sensor-" + sensor;
      Cassandra.cql(
          "INSERT INTO iot.sensors (sensor, site) VALUES (?, ?)",
          name,
          sensor % 20 == 0 ? "north" : "south");
      for (int minute = 0; minute < 24 * 60; minute += 30) {
        reading(expected, name, minute, random.nextInt(1000) / 10.0);
      }
      // Of the day before, which must not count.
      Cassandra.cql(
          "INSERT INTO iot.readings (sensor, day, at, value) VALUES (?, ?, ?, 1e6)",
          name,
          DAY.minusDays(1),
          MIDNIGHT.minusSeconds(1));
    }
    try (SentCql sent = new SentCql()) {
      IotRollUp.run(SPARK, "north", DAY.toString());
      assertRollUps(expected);
      // Three sensors are at the site: three partitions are read, and no token range.
      assertThat(sent.containing("FROM iot.readings WHERE sensor=? AND day=?")).hasSize(3);
      assertThat(sent.containing("FROM iot.readings WHERE token(sensor,day)>? AND"))
          .allMatch(line -> line.contains("LIMIT"));
    }
    // One reading comes late, and the job runs again.
    reading(expected, "sensor-20", 61, 500);
    IotRollUp.run(SPARK, "north", DAY.toString());
    assertRollUps(expected);
  }

  private static void reading(
      Map<String, List<Double>> expected, String sensor, int minute, double value) {
    Cassandra.cql(
        "INSERT INTO iot.readings (sensor, day, at, value) VALUES (?, ?, ?, ?)",
        sensor,
        DAY,
        MIDNIGHT.plus(minute, ChronoUnit.MINUTES),
        value);
    if (Set.of("sensor-0", "sensor-20", "sensor-40").contains(sensor)) {
      expected
          .computeIfAbsent(
              sensor + " " + MIDNIGHT.plus(minute / 60, ChronoUnit.HOURS), key -> new ArrayList<>())
          .add(value);
    }
  }

  private static void assertRollUps(Map<String, List<Double>> expected) {
    List<Row> rows = Cassandra.cql("SELECT * FROM iot.rollups").all();
    assertThat(rows).hasSize(3 * 24).hasSameSizeAs(expected.keySet());
    for (Row row : rows) {
      assertThat(row.getLocalDate("day")).isEqualTo(DAY);
      List<Double> values =
          Objects.requireNonNull(expected.get(text(row, "sensor") + " " + instant(row, "hour")));
      assertThat(values).hasSize((int) row.getLong("readings"));
      assertThat(row.getDouble("smallest")).isEqualTo(Collections.min(values));
      assertThat(row.getDouble("largest")).isEqualTo(Collections.max(values));
      assertThat(row.getDouble("mean"))
          .isCloseTo(
              values.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
              within(1e-9));
    }
  }

  @Test
  void raisesAlertsByTheAccountsAsTheyAre() throws Exception {
    makeTables("fraud", "fraud.cql");
    for (int account = 0; account < 400; account++) {
      account("account-" + account, false, "500");
    }
    account("account-7", true, "500");
    Path payments = Files.createDirectories(folder.resolve("payments"));
    StreamingQuery query =
        FraudAlerts.start(SPARK, payments.toString(), folder.resolve("checkpoint").toString());
    try (SentCql sent = new SentCql()) {
      arrive(
          payments,
          payment("p1", "account-1", "20.00", "NL"),
          payment("p2", "account-2", "500.01", "NL"),
          payment("p3", "account-3", "20.00", "BR"),
          payment("p4", "account-7", "1.00", "NL"),
          payment("p5", "account-7", "-9.00", "NL"),
          payment("p6", "no-account", "9000.00", "NL"));
      query.processAllAvailable();
      assertThat(alerts())
          .isEqualTo(
              Map.of(
                  "account-2 p2", "amount is unusual",
                  "account-3 p3", "country is unusual",
                  "account-7 p4", "account is blocked"));
      // Five accounts have charges: each is looked up, and the table is not scanned.
      assertThat(sent.containing("FROM fraud.accounts WHERE account=?")).hasSize(5);
      assertThat(sent.containing("FROM fraud.accounts WHERE token(account)>? AND"))
          .allMatch(line -> line.contains("LIMIT"));
      account("account-1", true, "500");
      arrive(payments, payment("p7", "account-1", "20.00", "NL"));
      query.processAllAvailable();
      assertThat(alerts()).hasSize(4).containsEntry("account-1 p7", "account is blocked");
    } finally {
      query.stop();
    }
    assertThat(Cassandra.cql("SELECT ttl(reason) AS left FROM fraud.alerts").all())
        .allMatch(
            row ->
                row.getInt("left") > FraudAlerts.ALERT_SECONDS - 300
                    && row.getInt("left") <= FraudAlerts.ALERT_SECONDS);
  }

  private static void account(String account, boolean blocked, String most) {
    Cassandra.cql(
        "INSERT INTO fraud.accounts (account, blocked, countries, usual_most) VALUES (?, ?, ?, ?)",
        account,
        blocked,
        Set.of("NL", "BE"),
        new BigDecimal(most));
  }

  private static String payment(String id, String account, String amount, String country) {
    return "{\"payment\": \"%s\", \"account\": \"%s\", \"amount\": %s, \"country\": \"%s\", \"at\": \"%s\"}"
        .formatted(id, account, amount, country, MIDNIGHT);
  }

  /** A file of a stream appears whole. */
  private void arrive(Path where, String... lines) throws IOException {
    Path written = Files.write(folder.resolve(UUID.randomUUID() + ".json"), Arrays.asList(lines));
    Files.move(written, where.resolve(Objects.requireNonNull(written.getFileName())));
  }

  private static Map<String, String> alerts() {
    Map<String, String> alerts = new HashMap<>();
    for (Row row : Cassandra.cql("SELECT * FROM fraud.alerts")) {
      assertThat(row.getInstant("at")).isEqualTo(MIDNIGHT);
      alerts.put(text(row, "account") + " " + text(row, "payment"), text(row, "reason"));
    }
    return alerts;
  }

  private record Request(Instant at, String visitor, String path, int status, int millis) {}

  @Test
  void analysesTheLogOfOneServiceAndDay() throws IOException {
    makeTables("logs", "logs.cql");
    List<Request> requests = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 600; i++) {
      Request request =
          new Request(
              MIDNIGHT.plusSeconds(random.nextInt(6 * 3600)),
              "visitor-" + random.nextInt(20),
              "/page/" + random.nextInt(15),
              random.nextInt(4) == 0 ? 500 + random.nextInt(3) : 200,
              random.nextInt(900));
      requests.add(request);
      log("shop", DAY, request);
    }
    log("shop", DAY.plusDays(1), requests.get(0));
    log("search", DAY, requests.get(0));

    LogAnalysis.run(SPARK, "shop", DAY.toString(), "sessions_0501");

    Map<String, Long> errors =
        requests.stream()
            .filter(request -> request.status() >= 500)
            .collect(
                Collectors.groupingBy(
                    request -> request.path() + " " + request.status(), Collectors.counting()));
    List<Row> top = Cassandra.cql("SELECT * FROM logs.top_errors").all();
    assertThat(top)
        .extracting(row -> row.getInt("rank"))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(top)
        .extracting(row -> row.getLong("errors"))
        .containsExactlyElementsOf(
            errors.values().stream().sorted(Collections.reverseOrder()).limit(10).toList());
    assertThat(top)
        .allMatch(
            row ->
                Objects.equals(
                    row.getLong("errors"),
                    errors.get(text(row, "path") + " " + row.getInt("status"))));

    List<Row> hours = Cassandra.cql("SELECT * FROM logs.hourly").all();
    assertThat(hours).hasSize(6);
    for (Row hour : hours) {
      List<Request> of =
          requests.stream()
              .filter(
                  request ->
                      request.at().truncatedTo(ChronoUnit.HOURS).equals(instant(hour, "hour")))
              .toList();
      assertThat(hour.getLong("requests")).isEqualTo(of.size());
      assertThat(hour.getDouble("error_rate"))
          .isCloseTo(
              of.stream().filter(request -> request.status() >= 500).count() / (double) of.size(),
              within(1e-9));
      int[] millis = of.stream().mapToInt(Request::millis).sorted().toArray();
      assertThat(hour.getDouble("p50")).isCloseTo(percentile(millis, 0.5), within(1e-6));
      assertThat(hour.getDouble("p95")).isCloseTo(percentile(millis, 0.95), within(1e-6));
      assertThat(hour.getDouble("p99")).isCloseTo(percentile(millis, 0.99), within(1e-6));
    }

    Set<String> sessions = new TreeSet<>();
    for (Row row : Cassandra.cql("SELECT * FROM logs.sessions_0501")) {
      sessions.add(
          "%s %s %s %d %d"
              .formatted(
                  text(row, "visitor"),
                  instant(row, "started"),
                  instant(row, "ended"),
                  row.getLong("requests"),
                  row.getLong("errors")));
    }
    assertThat(sessions).isEqualTo(sessions(requests)).hasSizeGreaterThan(30);
  }

  private static void log(String service, LocalDate day, Request request) {
    Cassandra.cql(
        "INSERT INTO logs.requests (service, day, at, id, visitor, path, status, millis)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        service,
        day,
        request.at(),
        UUID.randomUUID(),
        request.visitor(),
        request.path(),
        request.status(),
        request.millis());
  }

  /** Linear between the two nearest ranks. */
  private static double percentile(int[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static Set<String> sessions(List<Request> requests) {
    Set<String> sessions = new TreeSet<>();
    Map<String, List<Request>> byVisitor =
        requests.stream().collect(Collectors.groupingBy(Request::visitor));
    byVisitor.forEach(
        (visitor, unordered) -> {
          List<Request> ordered =
              unordered.stream().sorted((a, b) -> a.at().compareTo(b.at())).toList();
          for (int start = 0, end; start < ordered.size(); start = end) {
            end = start + 1;
            while (end < ordered.size()
                && Duration.between(ordered.get(end - 1).at(), ordered.get(end).at()).toMinutes()
                    < 30) {
              end++;
            }
            List<Request> session = ordered.subList(start, end);
            sessions.add(
                "%s %s %s %d %d"
                    .formatted(
                        visitor,
                        session.get(0).at(),
                        session.get(session.size() - 1).at(),
                        session.size(),
                        session.stream().filter(request -> request.status() >= 500).count()));
          }
        });
    return sessions;
  }

  @Test
  void countsTheWordsOfASocket() throws Exception {
    makeTables("words", "words.cql");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StreamingQuery query =
          SocketWordCount.start(
              SPARK,
              server.getInetAddress().getHostAddress(),
              server.getLocalPort(),
              folder.resolve("checkpoint").toString());
      try (Socket client = server.accept();
          Writer out = new OutputStreamWriter(client.getOutputStream(), UTF_8)) {
        out.write("to be or  not\n");
        out.flush();
        Cassandra.await(
            "the first line",
            () -> words().equals(Map.of("to", 1L, "be", 1L, "or", 1L, "not", 1L)));
        out.write("to be\n\nthat is\n");
        out.flush();
        Map<String, Long> all =
            Map.of("to", 2L, "be", 2L, "or", 1L, "not", 1L, "that", 1L, "is", 1L);
        Cassandra.await("all lines", () -> words().equals(all));
      } finally {
        query.stop();
      }
    }
  }

  private static Map<String, Long> words() {
    Map<String, Long> words = new HashMap<>();
    Cassandra.cql("SELECT word, count FROM words.counts")
        .forEach(row -> words.put(text(row, "word"), row.getLong("count")));
    return words;
  }

  @Test
  void countsPageViewsOfKafkaOnceAlthoughTheJobDies() throws Exception {
    makeTables("views", "views.cql");
    List<Path> classPath = classPathOf("java", "KafkaPageViews", KAFKA);
    Path checkpoint = folder.resolve("checkpoint");
    try (KafkaBroker broker = KafkaBroker.start(Files.createDirectory(folder.resolve("kafka")));
        KafkaTopic topic = new KafkaTopic(classPath, broker.address(), "views")) {
      Map<String, List<Long>> expected = new TreeMap<>();
      topic.send(views(expected, 0, 2000));
      List<String> args = List.of(broker.address(), "views", checkpoint.toString());
      try (SparkProcess job = start("first", classPath, "KafkaPageViews", args)) {
        await(job, "some views are counted", () -> counted() > 0);
        job.kill();
      }
      assertThat(counted()).isPositive().isLessThan(2000);
      forgetLastCommit(checkpoint);

      topic.send(views(expected, 2000, 3000));
      try (SparkProcess job = start("again", classPath, "KafkaPageViews", args)) {
        await(job, "all views are counted", () -> pageViews().equals(expected));
        // What was counted twice would show at the latest with the epoch after.
        topic.send(views(expected, 3000, 3001));
        await(job, "the last view is counted", () -> pageViews().equals(expected));
      }
    }
  }

  /** Messages, whose sums by page and hour are added to what is expected. */
  private static List<String> views(Map<String, List<Long>> expected, int from, int to) {
    Random random = new Random(from);
    return IntStream.range(from, to)
        .mapToObj(
            i -> {
              String page = "/page/" + random.nextInt(5);
              long millis = random.nextInt(1000);
              // Out of order, but never later than the stream waits.
              Instant at = MIDNIGHT.plusSeconds(1800 + i - random.nextInt(600));
              expected.merge(
                  page + " " + at.truncatedTo(ChronoUnit.HOURS),
                  List.of(1L, millis),
                  (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
              return "{\"page\": \"%s\", \"at\": \"%s\", \"millis\": %d}"
                  .formatted(page, at, millis);
            })
        .toList();
  }

  /**
   * The class path of an example that runs on another Spark than these tests: its modules, the
   * connector's jar, and the example compiled against them.
   */
  private List<Path> classPathOf(String sources, String example, String... modules) {
    List<Path> classPath = new ArrayList<>(MavenArtifacts.classPath(modules));
    classPath.add(SourceCompiler.locationOf(CassandraSource.class));
    Path source = Path.of("src", "main", sources).resolve(EXAMPLES.replace('.', '/'));
    classPath.add(
        SourceCompiler.compile(
            source.resolve(example + ".java"), classPath, folder.resolve("classes")));
    return classPath;
  }

  private SparkProcess start(String name, List<Path> classPath, String example, List<String> args) {
    return SparkProcess.start(folder, name, classPath, settings(), EXAMPLES + "." + example, args);
  }

  /** What {@code spark-submit} would be told. */
  private static Map<String, String> settings() {
    return Map.of(
        "spark.master", "local[2]",
        "spark.ui.enabled", "false",
        "spark.driver.host", "127.0.0.1",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.sql.shuffle.partitions", "2",
        "spark.sql.session.timeZone", "UTC",
        "spark.datasource.cassandra.contact-points", Cassandra.CLUSTER.contactPoint());
  }

  private static void await(SparkProcess job, String what, BooleanSupplier condition) {
    Cassandra.await(
        what,
        () -> {
          if (!job.isAlive()) {
            throw new AssertionError("The job has ended:\n" + job.output());
          }
          return condition.getAsBoolean();
        });
  }

  private static Map<String, List<Long>> pageViews() {
    Map<String, List<Long>> views = new TreeMap<>();
    for (Row row : Cassandra.cql("SELECT * FROM views.hourly")) {
      views.put(
          text(row, "page") + " " + instant(row, "hour"),
          List.of(row.getLong("views"), row.getLong("millis")));
    }
    return views;
  }

  private static long counted() {
    return pageViews().values().stream().mapToLong(sums -> sums.get(0)).sum();
  }

  /** As if the job had died after it wrote its last epoch, before it noted that it had. */
  private static void forgetLastCommit(Path checkpoint) throws IOException {
    try (Stream<Path> offsets = Files.list(checkpoint.resolve("offsets"))) {
      String last =
          offsets
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.matches("\\d+"))
              .max(Comparator.comparingInt(Integer::parseInt))
              .orElseThrow();
      Files.deleteIfExists(checkpoint.resolve("commits").resolve(last));
      Files.deleteIfExists(checkpoint.resolve("commits").resolve("." + last + ".crc"));
    }
  }

  @Test
  void recommendsWhatUsersOfTheSameTasteLike() throws Exception {
    makeTables("recommend", "recommendations.cql");
    // Users and items of two tastes, told apart by even and odd numbers.
    Map<Integer, Set<Integer>> unrated = new HashMap<>();
    Random random = new Random(3);
    for (int user = 0; user < 40; user++) {
      for (int item = 0; item < 40; item++) {
        boolean likes = user % 2 == item % 2;
        if (random.nextInt(3) > 0) {
          Cassandra.cql(
              "INSERT INTO recommend.ratings (user, item, rating) VALUES (?, ?, ?)",
              user,
              item,
              likes ? 4f + random.nextInt(2) : 1f);
        } else if (likes) {
          unrated.computeIfAbsent(user, key -> new HashSet<>()).add(item);
        }
      }
    }
    List<Path> classPath = classPathOf("mllib", "Recommendations", MLLIB);
    try (SparkProcess job = start("recommendations", classPath, "Recommendations", List.of("2"))) {
      job.await(Duration.ofMinutes(2));
    }
    Map<Integer, Float> scores = new HashMap<>();
    int recommended = 0;
    for (Row row : Cassandra.cql("SELECT user, rank, item, score FROM recommend.recommendations")) {
      recommended++;
      int user = row.getInt("user");
      assertThat(unrated.get(user)).contains(row.getInt("item"));
      // Rows of a user come by rank.
      assertThat(row.getFloat("score")).isBetween(3f, scores.getOrDefault(user, 6f));
      scores.put(user, row.getFloat("score"));
    }
    assertThat(recommended).isEqualTo(40 * 2);
  }
}
