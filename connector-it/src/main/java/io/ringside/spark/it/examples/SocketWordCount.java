// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * Counts the words that arrive at a socket; {@code nc -lk 9999} makes one to try it with.
 *
 * <p>In update mode each micro-batch brings the words whose count has changed, and a word is the
 * key of its row: Cassandra holds the counts as they are now. A socket cannot be read again after a
 * failure; see {@link KafkaPageViews} for a source that can.
 *
 * <p>Table: {@code examples/words.cql}. Arguments: host, port, a new folder for the checkpoint.
 */
public final class SocketWordCount {
  private SocketWordCount() {}

  /** Takes host, port and the folder; runs until the stream is stopped. */
  public static void main(String[] args) throws TimeoutException, StreamingQueryException {
    SparkSession spark = SparkSession.builder().appName("Word count").getOrCreate();
    start(spark, args[0], Integer.parseInt(args[1]), args[2]).awaitTermination();
  }

  /** Starts the stream. */
  public static StreamingQuery start(SparkSession spark, String host, int port, String checkpoint)
      throws TimeoutException {
    return spark
        .readStream()
        .format("socket")
        .option("host", host)
        .option("port", port)
        .load()
        .select(explode(split(col("value"), "\\s+")).as("word"))
        .where("word <> ''")
        .groupBy("word")
        .count()
        .writeStream()
        .format("cassandra")
        .option("keyspace", "words")
        .option("table", "counts")
        .option("checkpointLocation", checkpoint)
        .outputMode("update")
        .start();
  }
}
