// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rolls the readings of a site's sensors on one day up into one row per sensor and hour.
 *
 * <p>Readings are partitioned by sensor and day. The day comes with the query, the sensors from
 * another table while it runs: together they are whole partition keys, so Cassandra is asked for
 * these partitions alone, however many others there are. Roll-ups are rows under the same key, so
 * running the job again, after late readings or a failure, corrects them instead of adding to them.
 *
 * <p>Tables: {@code examples/iot.cql}. Arguments: site, day.
 */
public final class IotRollUp {
  private IotRollUp() {}

  /** Takes a site and a day such as {@code 2024-05-01}. */
  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("Roll-up of readings").getOrCreate();
    run(spark, args[0], args[1]);
    spark.stop();
  }

  /** Writes the roll-ups of a site's sensors for one day. */
  public static void run(SparkSession spark, String site, String day) {
    hourly(spark, site, day)
        .write()
        .format("cassandra")
        .option("keyspace", "iot")
        .option("table", "rollups")
        .mode("append")
        .save();
  }

  /** The roll-ups, one row for each sensor and hour that has readings. */
  static Dataset<Row> hourly(SparkSession spark, String site, String day) {
    // Spark gathers keys only from a side that it filters itself.
    Dataset<Row> sensors =
        table(spark, "sensors")
            .option("read.pushdown", false)
            .load()
            .where(col("site").equalTo(site));
    Dataset<Row> readings =
        table(spark, "readings").load().where(col("day").equalTo(lit(day).cast("date")));
    return readings
        .join(broadcast(sensors.select("sensor")), "sensor")
        .groupBy(
            col("sensor"), col("day"), window(col("at"), "1 hour").getField("start").as("hour"))
        .agg(
            count("value").as("readings"),
            min("value").as("smallest"),
            max("value").as("largest"),
            avg("value").as("mean"));
  }

  private static DataFrameReader table(SparkSession spark, String name) {
    return spark.read().format("cassandra").option("keyspace", "iot").option("table", name);
  }
}
