// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.spark.SourceCompiler;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Runs the cases one contender after the other, over and over, against one Cassandra on this
 * machine, and prints a line for each case. Both connectors run on the newest Spark that the
 * DataStax connector knows. With the property {@code bench.before}, the path of another jar of the
 * connector, it compares the connector with that jar alone.
 */
public final class Benchmark {
  private static final String SPARK = "org.apache.spark:spark-sql_2.12:3.5.9";
  private static final String SCC = "com.datastax.spark:spark-cassandra-connector_2.12:3.5.1";
  private static final Path DIRECTORY = Path.of("target", "bench");

  private final CassandraCluster cluster;
  private final BenchTables tables;
  private final long rows;
  private final int repetitions;
  private final ProcessHandle server;
  private final Map<String, Supplier<Contender>> starters = new LinkedHashMap<>();
  private final List<Contender> contenders = new ArrayList<>();

  /** Before any contender starts: until then Cassandra is the only child of this process. */
  private Benchmark(CassandraCluster cluster, BenchTables tables, long rows, int repetitions) {
    this.server = ProcessHandle.current().children().findFirst().orElseGet(ProcessHandle::current);
    this.cluster = cluster;
    this.tables = tables;
    this.rows = rows;
    this.repetitions = repetitions;
  }

  /**
   * Takes the properties {@code bench} (names of cases), {@code rows}, {@code reps} and {@code
   * bench.before} (path of a jar, or empty).
   */
  public static void main(String[] args) throws Exception {
    long rows = Long.getLong("rows", 1_000_000);
    String names = System.getProperty("bench", "");
    List<BenchCase> cases = names.isBlank() ? List.of(BenchCase.values()) : BenchCase.named(names);
    Files.createDirectories(DIRECTORY);
    ClusterSpec spec = ClusterSpec.oneNode("bench");
    try (CassandraCluster cluster = CassandraClusters.start(spec);
        CqlSession session = cluster.open(Duration.ofMinutes(2))) {
      BenchTables tables = new BenchTables(session);
      tables.create(rows, cases);
      for (CassandraNode node : cluster.nodes()) {
        node.flush("bench");
        node.refreshSizeEstimates();
      }
      Benchmark benchmark = new Benchmark(cluster, tables, rows, Integer.getInteger("reps", 5));
      try {
        String before = System.getProperty("bench.before", "");
        if (!before.isEmpty()) {
          benchmark.compareWith(Path.of(before), cases);
          return;
        }
        benchmark.prepare();
        benchmark.startAll();
        BenchReport report = new BenchReport(spec.version(), rows, benchmark.repetitions);
        for (BenchCase one : cases) {
          report.add(one, benchmark.measure(one));
        }
        report.write(DIRECTORY.resolve("results.json"));
        String docs = System.getProperty("bench.docs", "");
        if (!docs.isEmpty()) {
          report.writeDocument(Path.of("..", "docs"));
        }
      } finally {
        benchmark.contenders.forEach(Contender::close);
      }
    }
  }

  /** Runs the cases with the connector's jar and another one in turn; prints their ratios. */
  private void compareWith(Path before, List<BenchCase> cases) {
    if (!Files.isReadable(before)) {
      throw new IllegalArgumentException(
          "Cannot compare with jar '%s': it cannot be read. Set bench.before to its full path."
              .formatted(before));
    }
    List<Path> spark = MavenArtifacts.classPath(SPARK);
    Path contender = compile(spark);
    addSpark("after", "cassandra", contender, spark, List.of(ownJar()));
    addSpark("before", "cassandra", contender, spark, List.of(before));
    startAll();
    for (BenchCase one : cases) {
      Runs runs = measure(one);
      System.out.println(PairReport.line(one, runs.of("after"), runs.of("before")));
    }
  }

  private static Path ownJar() {
    return SourceCompiler.locationOf(CassandraSource.class);
  }

  /** Adds a contender that runs on Spark with the jars of a connector. */
  private void addSpark(
      String name, String format, Path contender, List<Path> spark, List<Path> connector) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(contender);
    classPath.add(SourceCompiler.locationOf(Benchmark.class));
    classPath.addAll(spark);
    classPath.addAll(connector);
    List<String> sparkOptions =
        Arrays.asList(System.getProperty("spark.jvm.options", "").trim().split(" +"));
    starters.put(
        name,
        () ->
            Contender.start(
                name,
                sparkOptions,
                classPath,
                List.of("SparkContender", format, host(), port(), String.valueOf(rows)),
                DIRECTORY.resolve(name + ".log")));
  }

  private String host() {
    return cluster.contactPoints().get(0).getHostString();
  }

  private String port() {
    return String.valueOf(cluster.contactPoints().get(0).getPort());
  }

  /** Finds out how each contender is started. */
  private void prepare() {
    List<Path> spark = MavenArtifacts.classPath(SPARK);
    Path contender = compile(spark);
    addSpark("ringside", "cassandra", contender, spark, List.of(ownJar()));

    List<Path> scc = new ArrayList<>();
    for (Path jar : MavenArtifacts.classPath(SCC)) {
      // Its Spark is the one above.
      if (!jar.getFileName().toString().startsWith("spark-")
          || jar.getFileName().toString().startsWith("spark-cassandra")) {
        scc.add(jar);
      }
    }
    addSpark("scc", "org.apache.spark.sql.cassandra", contender, spark, scc);

    List<Path> driver =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    starters.put(
        "driver",
        () ->
            Contender.start(
                "driver",
                List.of(),
                driver,
                List.of(
                    DriverContender.class.getName(),
                    host(),
                    port(),
                    cluster.localDatacenter(),
                    String.valueOf(rows)),
                DIRECTORY.resolve("driver.log")));
  }

  private void startAll() {
    starters.values().forEach(starter -> contenders.add(starter.get()));
  }

  /** Compiles what runs on Spark against that Spark: its classes differ between versions. */
  private static Path compile(List<Path> spark) {
    List<Path> classPath = new ArrayList<>(spark);
    classPath.add(SourceCompiler.locationOf(Benchmark.class));
    return SourceCompiler.compile(
        Path.of("src", "main", "contender", "SparkContender.java"),
        classPath,
        DIRECTORY.resolve("contender"));
  }

  private Runs measure(BenchCase one) {
    Runs runs = new Runs();
    MachineLoad load = new MachineLoad();
    // The first round warms up.
    for (int round = -1; round < repetitions; round++) {
      for (Contender contender : contenders) {
        if (one.isWrite()) {
          tables.clearTarget();
        }
        long before = tables.requestsRun(one);
        load.begin();
        Measurement run =
            one == BenchCase.COLD ? cold(contender.name()) : contender.run(one, server);
        double others = load.ofOthers(run.cpuNanos() + run.serverCpuNanos());
        if (round >= 0) {
          runs.add(contender.name(), run.withRequests(tables.requestsRun(one) - before), others);
        }
      }
    }
    return runs;
  }

  private Measurement cold(String contender) {
    long start = System.nanoTime();
    try (Contender fresh = Objects.requireNonNull(starters.get(contender)).get()) {
      return fresh.runFirst(BenchCase.SMALL_TABLE, start, server);
    }
  }
}
