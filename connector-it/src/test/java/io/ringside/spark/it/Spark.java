// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of a test JVM: two threads, the shared Cassandra behind {@code
 * format("cassandra")} and behind the catalog {@code cass}.
 */
public final class Spark {
  /** The session. */
  public static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("integration tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "3")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .config("spark.datasource.cassandra.contact-points", Cassandra.CLUSTER.contactPoint())
          .config("spark.sql.catalog.cass", "io.ringside.spark.CassandraCatalog")
          .config("spark.sql.catalog.cass.contact-points", Cassandra.CLUSTER.contactPoint())
          .getOrCreate();

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

  private Spark() {}

  /** Whether the tests run on this Spark or a newer one. */
  public static boolean isAtLeast(int major, int minor) {
    Matcher running = VERSION.matcher(SESSION.version());
    if (!running.lookingAt()) {
      throw new IllegalStateException(SESSION.version());
    }
    int runs = Integer.parseInt(running.group(1)) * 100 + Integer.parseInt(running.group(2));
    return runs >= major * 100 + minor;
  }

  /** A table of the shared Cassandra through {@code format("cassandra")}. */
  public static Dataset<Row> table(String keyspace, String table) {
    return SESSION
        .read()
        .format("cassandra")
        .option("keyspace", keyspace)
        .option("table", table)
        .load();
  }

  /** Appends rows to a table of the shared Cassandra through {@code format("cassandra")}. */
  public static void append(Dataset<Row> rows, String keyspace, String table) {
    rows.write()
        .format("cassandra")
        .option("keyspace", keyspace)
        .option("table", table)
        .mode("append")
        .save();
  }
}
