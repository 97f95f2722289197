// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program of its own that reads two tables slowly, copies one of them, and writes rows that wait
 * for others of their partition, with four tasks at a time. It says what it has read.
 */
public final class FourTasksJob {
  /** In front of what was read: rows and sum of each table. */
  static final String READ = "read: ";

  /** Bytes of a text that is written. */
  static final int TEXT_BYTES = 3 << 10;

  /** Texts that are written for each row that is read. */
  static final int TEXTS = 2;

  private static final int TASKS = 4;
  private static final int COLUMNS = 300;
  private static final int PARTITIONS = 1_000;

  private FourTasksJob() {}

  /**
   * Reads, copies and writes.
   *
   * @param args contact point, keyspace, number of rows of the table to copy
   */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + TASKS + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.datasource.cassandra.contact-points", args[0])
            .config("spark.datasource.cassandra.keyspace", args[1])
            .getOrCreate();
    String wide = sum(table(spark, "wide"), row -> (long) row.getInt(row.fieldIndex("c299")));
    String large =
        sum(table(spark, "large"), row -> (long) row.getString(row.fieldIndex("body")).length());
    copy(table(spark, "wide"));
    write(spark, TEXTS * Long.parseLong(args[2]));
    spark.stop();
    System.out.println(READ + wide + ", " + large);
  }

  private static Dataset<Row> table(SparkSession spark, String name) {
    return spark
        .read()
        .format("cassandra")
        .option("table", name)
        .option("read.min-splits", TASKS)
        .load();
  }

  /** Takes its time over each row, so that pages are waiting whenever there is room for them. */
  private static String sum(Dataset<Row> rows, MapFunction<Row, Long> value) {
    return rows.map(
            (MapFunction<Row, Long>)
                row -> {
                  LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
                  return value.call(row);
                },
            Encoders.LONG())
        .selectExpr("count(*)", "sum(value)")
        .first()
        .mkString(" ");
  }

  /** Reads and writes in one task: each row is a partition, so that batches wait in vain. */
  private static void copy(Dataset<Row> wide) {
    Stream<String> cells =
        IntStream.range(0, COLUMNS)
            .mapToObj(c -> "cast(c%1$d %% 100 AS tinyint) AS c%1$d".formatted(c));
    append(
        wide.selectExpr(Stream.concat(Stream.of("id"), cells).toArray(String[]::new)),
        "written",
        Map.of());
  }

  /** Rows of many partitions in turn and large batches fill both parts of the buffer. */
  private static void write(SparkSession spark, long rows) {
    append(
        spark
            .range(0, rows, 1, TASKS)
            .selectExpr(
                "id %% %d AS k".formatted(PARTITIONS),
                "id AS n",
                "repeat('x', %d) AS body".formatted(TEXT_BYTES)),
        "texts",
        Map.of("write.batch-bytes", "64k", "write.in-flight", "1024"));
  }

  private static void append(Dataset<Row> rows, String table, Map<String, String> options) {
    rows.write().format("cassandra").option("table", table).options(options).mode("append").save();
  }
}
