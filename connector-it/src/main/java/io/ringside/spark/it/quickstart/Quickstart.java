// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
  private static final String INPUT = CATALOG + ".quickstart.input";

  private final SparkSession spark;
  private final CassandraCluster cluster;
  private final CqlSession session;

  private Quickstart(SparkSession spark, CassandraCluster cluster, CqlSession session) {
    this.spark = spark;
    this.cluster = cluster;
    this.session = session;
  }

  /**
   * Takes the properties {@code rows}, or {@code input}, a CSV file with a header, and {@code key},
   * the columns of its primary key with commas between them.
   */
  public static void main(String[] args) {
    Metrics.addRegistry(new SimpleMeterRegistry());
    long rows = Long.getLong("rows", 1_000_000);
    String input = System.getProperty("input", "");
    List<String> key =
        Pattern.compile(",")
            .splitAsStream(System.getProperty("key", ""))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    say("starting Cassandra " + ClusterSpec.oneNode("quickstart").version());
    boolean same;
    try (CassandraCluster cluster = CassandraClusters.start(ClusterSpec.oneNode("quickstart"));
        CqlSession session = cluster.open(Duration.ofMinutes(1))) {
      SparkSession spark = spark(cluster);
      Quickstart quickstart = new Quickstart(spark, cluster, session);
      same = input.isEmpty() ? quickstart.run(rows) : quickstart.run(input, key);
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

  private boolean run(long rows) {
    createTables();
    load(generated(rows));
    prepareEstimates();
    query();
    Checksum inSpark = Checksum.inSpark(spark.table(READINGS));
    Checksum inCassandra = Checksum.inCassandra(session);
    DriverComparison seconds =
        compareWithBareDriver(
            spark.table(READINGS), "quickstart.readings", "token(sensor, day)", inSpark.rows());
    if (!inSpark.equals(inCassandra)) {
      say("QUICKSTART FAILED: Spark reads %s, Cassandra holds %s", inSpark, inCassandra);
      return false;
    }
    if (inSpark.rows() != rows) {
      say("QUICKSTART FAILED: %,d rows were written, %,d are there", rows, inSpark.rows());
      return false;
    }
    sayOk(rows, inSpark.sequences(), seconds);
    return true;
  }

  /** The same with a file: its table, its rows by a key that it has, and all of them. */
  private boolean run(String input, List<String> key) {
    createKeyspace();
    session.execute("DROP TABLE IF EXISTS quickstart.input");
    CsvTable file = CsvTable.read(spark, input, key);
    say("%s: %s", input, file.rows().schema().toDDL());
    say("primary key: %s", file.key());
    long start = System.nanoTime();
    file.create(INPUT);
    long rows = file.rows().count();
    say("wrote %,d rows in %.1f s to %s", rows, DriverComparison.secondsSince(start), INPUT);
    prepareEstimates();
    Dataset<Row> table = spark.table(INPUT);
    Dataset<Row> byKey = file.withFirstKey(table);
    say("by key: %,d rows", byKey.count());
    say("plan:%n%s", byKey.queryExecution().simpleString());
    String token = "token(%s)".formatted(CqlIdentifier.fromInternal(file.key().get(0)).asCql(true));
    DriverComparison seconds =
        compareWithBareDriver(table, "quickstart.input", token, table.count());
    long differences = file.differences(table);
    if (differences > 0) {
      say("QUICKSTART FAILED: %,d rows differ between %s and %s", differences, input, INPUT);
      return false;
    }
    sayOk(rows, byKey.count(), seconds);
    return true;
  }

  private static void sayOk(long rows, long checksum, DriverComparison seconds) {
    say(
        "QUICKSTART OK rows=%d checksum=%d read_rows_per_s=%.0f vs_driver=%.2f",
        rows, checksum, rows / seconds.connector(), seconds.ratio());
  }

  private void createKeyspace() {
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS quickstart WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  private void createTables() {
    createKeyspace();
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
      say(
          "wrote %,.0f rows, %,.0f rows/s",
          progress.rows(), progress.rows() / DriverComparison.secondsSince(start));
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
          DriverComparison.secondsSince(start),
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

  private DriverComparison compareWithBareDriver(
      Dataset<Row> table, String name, String token, long rows) {
    DriverComparison seconds = DriverComparison.of(session, table, name, token, rows);
    say(
        "all cells of %,d rows: %.2f s through Spark, %.2f s by the bare driver (ratio %.2f)",
        rows, seconds.connector(), seconds.driver(), seconds.ratio());
    double pages = pages("true") + pages("false");
    say(
        "pages answered by a replica: %.0f of %.0f (%.0f %%)",
        pages("true"), pages, 100 * pages("true") / pages);
    return seconds;
  }

  private static double pages(String replica) {
    var timer = Metrics.globalRegistry.find("ringside.read.pages").tag("replica", replica).timer();
    return timer == null ? 0 : timer.count();
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
