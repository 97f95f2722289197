// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.examples;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * Checks a stream of payments against the accounts in Cassandra and writes alerts that expire.
 *
 * <p>Each micro-batch is broadcast and joined with the table of accounts as it is at that moment:
 * the accounts of the batch become keys that Cassandra looks up, so the table may have any size,
 * and a change to an account counts from the next batch on. Spark gathers such keys only from a
 * side that has a filter. An alert has the payment in its key, so a batch that Spark repeats writes
 * the same alerts again.
 *
 * <p>Tables: {@code examples/fraud.cql}. Arguments: a folder in which files of JSON payments appear
 * (see {@link #PAYMENT}), a folder for the checkpoint.
 */
public final class FraudAlerts {
  /** The fields of a payment. */
  public static final String PAYMENT =
      "payment STRING, account STRING, amount DECIMAL(12,2), country STRING, at TIMESTAMP";

  /** Seconds that an alert stays: 30 days. */
  public static final int ALERT_SECONDS = 30 * 24 * 3600;

  private FraudAlerts() {}

  /** Takes the folder of payments and the folder for the checkpoint; runs until it is stopped. */
  public static void main(String[] args) throws TimeoutException, StreamingQueryException {
    SparkSession spark = SparkSession.builder().appName("Fraud alerts").getOrCreate();
    start(spark, args[0], args[1]).awaitTermination();
  }

  /** Starts the stream. */
  public static StreamingQuery start(SparkSession spark, String payments, String checkpoint)
      throws TimeoutException {
    return spark
        .readStream()
        .schema(PAYMENT)
        .json(payments)
        .writeStream()
        .option("checkpointLocation", checkpoint)
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) FraudAlerts::check)
        .start();
  }

  private static void check(Dataset<Row> payments, Long batch) {
    Dataset<Row> accounts =
        payments
            .sparkSession()
            .read()
            .format("cassandra")
            .option("keyspace", "fraud")
            .option("table", "accounts")
            .load();
    Column reason =
        when(col("blocked"), lit("account is blocked"))
            .when(col("amount").gt(col("usual_most")), lit("amount is unusual"))
            .when(
                array_contains(col("countries"), col("country")).equalTo(false),
                lit("country is unusual"));
    // Refunds are no risk.
    Dataset<Row> charges = payments.where(col("amount").gt(0));
    accounts
        .join(broadcast(charges), "account")
        .withColumn("reason", reason)
        .where(col("reason").isNotNull())
        .select("account", "at", "payment", "amount", "reason")
        .write()
        .format("cassandra")
        .option("keyspace", "fraud")
        .option("table", "alerts")
        .option("write.ttl", ALERT_SECONDS)
        .mode("append")
        .save();
  }
}
