// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.util.Utils;

/**
 * The one Spark session of a test JVM: two threads, the shared Cassandra behind {@code
 * format("cassandra")} and behind the catalog {@code cass}.
 */
public final class Spark {
  /** Spark's address, another one than that of the shared Cassandra. */
  static final String HOST = "127.0.0.9";

  /** The session. */
  public static final SparkSession SESSION = open();

  private Spark() {}

  private static SparkSession open() {
    // The host of the executor that local mode has inside of the driver.
    Utils.setCustomHostname(HOST);
    return SparkSession.builder()
        .master("local[2]")
        .appName("integration tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", HOST)
        .config("spark.driver.bindAddress", HOST)
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.session.timeZone", "UTC")
        .config(
            "spark.sql.warehouse.dir", "target/spark-warehouse-" + ProcessHandle.current().pid())
        .config("spark.datasource.cassandra.contact-points", Cassandra.CLUSTER.contactPoint())
        // Tests name files and classes wherever options may be; SharedEndpointIT does not.
        .config("spark.datasource.cassandra.connection.overrides", "all")
        .config("spark.sql.catalog.cass", "io.ringside.spark.CassandraCatalog")
        .config("spark.sql.catalog.cass.contact-points", Cassandra.CLUSTER.contactPoint())
        .getOrCreate();
  }

  /** The Spark of this JVM. */
  public static Version version() {
    return Version.of(SESSION.version());
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
    append(rows, keyspace, table, Map.of());
  }

  /** The same with further options. */
  static void append(
      Dataset<Row> rows, String keyspace, String table, Map<String, String> options) {
    rows.write()
        .format("cassandra")
        .option("keyspace", keyspace)
        .option("table", table)
        .options(options)
        .mode("append")
        .save();
  }

  /**
   * Sets an option of a stream, by name: what {@code option} returns in its class file differs
   * between Spark 3.5 and 4.
   */
  static <T> DataStreamWriter<T> with(DataStreamWriter<T> writer, String key, String value) {
    try {
      DataStreamWriter.class
          .getMethod("option", String.class, String.class)
          .invoke(writer, key, value);
      return writer;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
