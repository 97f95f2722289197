// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;

import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Learns from the ratings in Cassandra what users like (alternating least squares of MLlib) and
 * writes the best items that each of them has not rated yet.
 *
 * <p>Recommendations are rows by user and rank, so another run replaces them one by one.
 *
 * <p>Tables: {@code examples/recommendations.cql}. Needs {@code spark-mllib} of Spark's version.
 * Arguments: items for each user.
 */
public final class Recommendations {
  private Recommendations() {}

  /** Takes the number of items for each user. */
  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("Recommendations").getOrCreate();
    run(spark, Integer.parseInt(args[0]));
    spark.stop();
  }

  /** Writes so many recommendations for each user, fewer where no more items are left. */
  public static void run(SparkSession spark, int itemsPerUser) {
    Dataset<Row> ratings = ratings(spark).cache();
    ALSModel model =
        new ALS()
            .setUserCol("user")
            .setItemCol("item")
            .setRatingCol("rating")
            .setRank(8)
            .setRegParam(0.05)
            .setSeed(1)
            .fit(ratings);
    // What a user has rated is among the best; so many more, and enough others are left.
    long rated = ratings.groupBy("user").count().agg(max("count")).first().getLong(0);
    Dataset<Row> unknown =
        model
            .recommendForAllUsers((int) rated + itemsPerUser)
            .select(col("user"), explode(col("recommendations")).as("best"))
            .select(col("user"), col("best.item").as("item"), col("best.rating").as("score"))
            .join(ratings, new String[] {"user", "item"}, "left_anti");
    unknown
        .withColumn(
            "rank",
            row_number().over(Window.partitionBy("user").orderBy(col("score").desc(), col("item"))))
        .where(col("rank").leq(itemsPerUser))
        .write()
        .format("cassandra")
        .option("keyspace", "recommend")
        .option("table", "recommendations")
        .mode("append")
        .save();
  }

  private static Dataset<Row> ratings(SparkSession spark) {
    return spark
        .read()
        .format("cassandra")
        .option("keyspace", "recommend")
        .option("table", "ratings")
        .load();
  }
}
