// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.types.StructType;

/**
 * Counts views of pages by hour from a Kafka topic into Cassandra.
 *
 * <p>The checkpoint holds the offsets that were read and the counts so far. A micro-batch that was
 * under way when the job died is read again from the same offsets and gives the same counts, and
 * these are set, not added, under the same keys: the table is what it would be without the failure.
 * Hours that ended more than an hour before the newest view are forgotten by Spark, not by
 * Cassandra; later views of them are not counted.
 *
 * <p>Table: {@code examples/views.cql}. Needs {@code spark-sql-kafka-0-10} of Spark's version.
 * Arguments: bootstrap servers, topic, a folder for the checkpoint that survives the job.
 */
public final class KafkaPageViews {
  private static final StructType VIEW =
      StructType.fromDDL("page STRING, at TIMESTAMP, millis BIGINT");

  private KafkaPageViews() {}

  /** Takes servers, topic and the folder for the checkpoint; runs until it is stopped. */
  public static void main(String[] args) throws TimeoutException, StreamingQueryException {
    SparkSession spark = SparkSession.builder().appName("Page views").getOrCreate();
    start(spark, args[0], args[1], args[2]).awaitTermination();
  }

  /** Starts the stream, or continues the one of the checkpoint. */
  public static StreamingQuery start(
      SparkSession spark, String servers, String topic, String checkpoint) throws TimeoutException {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", servers)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", 200)
        .load()
        .select(from_json(col("value").cast("string"), VIEW).as("view"))
        .select("view.*")
        .where("page IS NOT NULL AND at IS NOT NULL")
        .withWatermark("at", "1 hour")
        .groupBy(col("page"), window(col("at"), "1 hour"))
        .agg(count(lit(1)).as("views"), sum("millis").as("millis"))
        .selectExpr("page", "window.start AS hour", "views", "millis")
        .writeStream()
        .format("cassandra")
        .option("keyspace", "views")
        .option("table", "hourly")
        .option("checkpointLocation", checkpoint)
        .outputMode("update")
        .start();
  }
}
