// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.bench.TokenRangeScan;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Starts a real Cassandra, loads readings of sensors through the connector, reads them back by key,
 * as an aggregate and in a join, writes the aggregate to a second table, and compares what Spark
 * and Cassandra say. Ends with {@code QUICKSTART OK}, or with an exit code other than zero and the
 * difference.
 */
public final class Quickstart {
  private static final String CATALOG = "cassandra";
  private static final String READINGS = CATALOG + ".quickstart.readings";
  private static final String TOTALS = CATALOG + ".quickstart.totals";
  private static final int TIMED_RUNS = 3;

  private final SparkSession spark;
  private final CassandraCluster cluster;
  private final CqlSession session;

  private Quickstart(SparkSession spark, CassandraCluster cluster, CqlSession session) {
    this.spark = spark;
    this.cluster = cluster;
    this.session = session;
  }

  /** Takes the properties {@code input}, a CSV file with a header, and {@code rows}. */
  public static void main(String[] args) {
    Metrics.addRegistry(new SimpleMeterRegistry());
    long rows = Long.getLong("rows", 1_000_000);
    String input = System.getProperty("input", "");
    say("starting Cassandra " + ClusterSpec.oneNode("quickstart").version());
    boolean same;
    try (CassandraCluster cluster = CassandraClusters.start(ClusterSpec.oneNode("quickstart"));
        CqlSession session = cluster.open(Duration.ofMinutes(1))) {
      SparkSession spark = spark(cluster);
      same = new Quickstart(spark, cluster, session).run(input, rows);
      spark.stop();
    }
    System.exit(same ? 0 : 1);
  }

  private static SparkSession spark(CassandraCluster cluster) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("Ringside quickstart")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.catalog." + CATALOG, "io.ringside.spark.CassandraCatalog")
        .config("spark.sql.catalog." + CATALOG + ".contact-points", cluster.contactPoint())
        .getOrCreate();
  }

  private boolean run(String input, long rows) {
    createTables();
    load(input.isEmpty() ? generated(rows) : fromCsv(input));
    prepareEstimates();
    query();
    Checksum inSpark = Checksum.inSpark(spark.table(READINGS));
    Checksum inCassandra = Checksum.inCassandra(session);
    Ratio ratio = compareWithBareDriver(inSpark.rows());
    double pages = pages("true") + pages("false");
    say(
        "pages answered by a replica: %.0f of %.0f (%.0f %%)",
        pages("true"), pages, 100 * pages("true") / pages);
    if (!inSpark.equals(inCassandra)) {
      say("QUICKSTART FAILED: Spark reads %s, Cassandra holds %s", inSpark, inCassandra);
      return false;
    }
    if (input.isEmpty() && inSpark.rows() != rows) {
      say("QUICKSTART FAILED: %,d rows were written, %,d are there", rows, inSpark.rows());
      return false;
    }
    System.out.printf(
        Locale.ROOT,
        "QUICKSTART OK rows=%d checksum=%d read_rows_per_s=%.0f vs_driver=%.2f%n",
        inSpark.rows(),
        inSpark.sequences(),
        inSpark.rows() / ratio.connector(),
        ratio.connector() / ratio.driver());
    return true;
  }

  private void createTables() {
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS quickstart WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE IF NOT EXISTS quickstart.readings (sensor text, day date, at timestamp,"
            + " sequence bigint, value double, status text, PRIMARY KEY ((sensor, day), at))"
            + " WITH CLUSTERING ORDER BY (at DESC)");
    session.execute(
        "CREATE TABLE IF NOT EXISTS quickstart.totals (sensor text PRIMARY KEY, readings bigint,"
            + " smallest double, largest double)");
    session.execute("TRUNCATE quickstart.readings");
    session.execute("TRUNCATE quickstart.totals");
  }

  /** Readings of 1,000 sensors, one each minute; the same in every run. */
  private Dataset<Row> generated(long rows) {
    return spark
        .range(rows)
        .selectExpr(
            "format_string('sensor-%04d', id % 1000) AS sensor",
            "date_add(date'2024-01-01', cast(id div 1440000 AS int)) AS day",
            "timestamp_seconds(1704067200 + 60 * (id div 1000)) AS at",
            "id AS sequence",
            "(id * 7919 % 10007) / 100D AS value",
            "if(id % 100 = 0, null, if(id % 10 = 3, 'late', 'ok')) AS status");
  }

  private Dataset<Row> fromCsv(String input) {
    Dataset<Row> texts = spark.read().option("header", "true").csv(input);
    var types = spark.table(READINGS).schema();
    return texts.select(
        Arrays.stream(texts.columns())
            .map(name -> functions.col(name).cast(types.apply(name).dataType()))
            .toArray(Column[]::new));
  }

  private void load(Dataset<Row> readings) {
    long start = System.nanoTime();
    try (Progress progress = Progress.of("written", "ringside.write.rows")) {
      readings
          .write()
          .format("cassandra")
          .option("contact-points", cluster.contactPoint())
          .option("keyspace", "quickstart")
          .option("table", "readings")
          .mode("append")
          .save();
      say("wrote %,.0f rows, %,.0f rows/s", progress.rows(), progress.rows() / seconds(start));
    }
  }

  /** Splits follow Cassandra's estimates, which it otherwise makes every five minutes. */
  private void prepareEstimates() {
    try {
      for (CassandraNode node : cluster.nodes()) {
        node.flush("quickstart");
        node.refreshSizeEstimates();
      }
    } catch (UnsupportedOperationException notOurs) {
      say("splits follow the estimates that this cluster has now");
    }
  }

  private void query() {
    Dataset<Row> byKey =
        spark.sql(
            "SELECT at, value, status FROM "
                + READINGS
                + " WHERE sensor = 'sensor-0007' AND day = date'2024-01-01'");
    say("by key: %,d rows", byKey.count());
    say("plan:%n%s", byKey.queryExecution().simpleString());
    Dataset<Row> totals =
        spark.sql(
            "SELECT sensor, count(*) AS readings, min(value) AS smallest, max(value) AS largest"
                + " FROM "
                + READINGS
                + " GROUP BY sensor");
    long start = System.nanoTime();
    try (Progress progress = Progress.of("read", "ringside.read.rows")) {
      totals.createOrReplaceTempView("totals");
      // By name: Cassandra keeps its columns in an order of its own.
      spark.sql("INSERT INTO " + TOTALS + " BY NAME SELECT * FROM totals");
      say(
          "aggregate: %,.0f rows of %d splits in %.1f s, written to %s",
          progress.rows(),
          spark.table(READINGS).javaRDD().getNumPartitions(),
          seconds(start),
          TOTALS);
    }
    long joined =
        spark
            .sql(
                "SELECT r.sensor, r.at, r.value FROM "
                    + READINGS
                    + " r JOIN "
                    + TOTALS
                    + " t ON r.sensor = t.sensor WHERE r.value = t.largest")
            .count();
    say("join: %,d readings are the largest of their sensor", joined);
  }

  /**
   * Seconds for all cells of the table.
   *
   * @param connector median through Spark
   * @param driver median through the bare driver
   */
  private record Ratio(double connector, double driver) {}

  private Ratio compareWithBareDriver(long rows) {
    TokenRangeScan driverScan =
        new TokenRangeScan(session, "SELECT * FROM quickstart.readings", "token(sensor, day)", "");
    double[] driver = new double[TIMED_RUNS];
    double[] connector = new double[TIMED_RUNS];
    for (int run = -1; run < TIMED_RUNS; run++) {
      long start = System.nanoTime();
      long byDriver = driverScan.countRows();
      double driverSeconds = seconds(start);
      start = System.nanoTime();
      spark.table(READINGS).write().format("noop").mode("overwrite").save();
      double connectorSeconds = seconds(start);
      if (byDriver != rows) {
        throw new IllegalStateException(
            "The bare driver reads %,d rows, Spark %,d".formatted(byDriver, rows));
      }
      // The first run warms both up.
      if (run >= 0) {
        driver[run] = driverSeconds;
        connector[run] = connectorSeconds;
      }
    }
    Arrays.sort(driver);
    Arrays.sort(connector);
    Ratio ratio = new Ratio(connector[TIMED_RUNS / 2], driver[TIMED_RUNS / 2]);
    say(
        "all cells of %,d rows: %.2f s through Spark, %.2f s by the bare driver (ratio %.2f)",
        rows, ratio.connector(), ratio.driver(), ratio.connector() / ratio.driver());
    return ratio;
  }

  private static double pages(String replica) {
    var timer = Metrics.globalRegistry.find("ringside.read.pages").tag("replica", replica).timer();
    return timer == null ? 0 : timer.count();
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
