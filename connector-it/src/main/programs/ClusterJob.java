// SPDX-License-Identifier: Apache-2.0
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An application that knows Spark's API alone. It copies the table {@code source (id int PRIMARY
 * KEY, v text)} to {@code copy} through {@code format("cassandra")}, merges changes of the 100 last
 * rows, 100 new ones and deletions of the 50 first into it through the catalog {@code cass}, and
 * fails when it does not read what it should then. It prints {@code JOB OK <rows>}, and where the
 * driver and the executors have the classes from that are named.
 *
 * <p>Arguments: keyspace, number of rows, tasks of a scan, names of classes.
 */
public final class ClusterJob {
  private static final int CHANGED = 100;
  private static final int DELETED = 50;

  private ClusterJob() {}

  public static void main(String[] args) {
    String keyspace = args[0];
    int rows = Integer.parseInt(args[1]);
    SparkSession spark = SparkSession.builder().appName("cluster job").getOrCreate();
    try {
      tellWhere(spark, List.of(args).subList(3, args.length));
      table(spark, keyspace, "source")
          .option("read.min-splits", args[2])
          .load()
          .selectExpr("id", "concat(v, '!') AS v")
          .write()
          .format("cassandra")
          .option("keyspace", keyspace)
          .option("table", "copy")
          .mode("append")
          .save();
      spark
          .range(rows - CHANGED, rows + CHANGED)
          .selectExpr("cast(id AS int) AS id", "concat('m', id) AS v")
          .union(spark.range(DELETED).selectExpr("cast(id AS int) AS id", "'gone' AS v"))
          .createOrReplaceTempView("changes");
      spark.sql(
          "MERGE INTO cass.%s.copy t USING changes s ON t.id = s.id".formatted(keyspace)
              + " WHEN MATCHED AND s.v = 'gone' THEN DELETE"
              + " WHEN MATCHED THEN UPDATE SET v = s.v"
              + " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)");
      check(table(spark, keyspace, "copy").load(), rows);
    } finally {
      spark.stop();
    }
  }

  private static org.apache.spark.sql.DataFrameReader table(
      SparkSession spark, String keyspace, String table) {
    return spark.read().format("cassandra").option("keyspace", keyspace).option("table", table);
  }

  private static void check(Dataset<Row> copy, int rows) {
    List<String> wanted = new ArrayList<>();
    for (int id = DELETED; id < rows + CHANGED; id++) {
      wanted.add(id + (id < rows - CHANGED ? "=v" + id + '!' : "=m" + id));
    }
    List<String> found =
        copy.orderBy("id").selectExpr("concat(id, '=', v)").as(Encoders.STRING()).collectAsList();
    if (!found.equals(wanted)) {
      throw new IllegalStateException(
          "Read %d rows in place of %d, or other values".formatted(found.size(), wanted.size()));
    }
    System.out.println("JOB OK " + found.size());
  }

  private static void tellWhere(SparkSession spark, List<String> names) {
    names.forEach(name -> System.out.println("DRIVER SEES " + where(name)));
    List<String> all = new ArrayList<>(names);
    spark
        .range(0, 8, 1, 8)
        .flatMap(
            (FlatMapFunction<Long, String>) id -> all.stream().map(ClusterJob::where).iterator(),
            Encoders.STRING())
        .distinct()
        .collectAsList()
        .forEach(seen -> System.out.println("EXECUTOR SEES " + seen));
  }

  /** The name, then the file that it comes from. */
  private static String where(String name) {
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return name + ' ' + (source == null ? "the JDK" : source.getLocation());
    } catch (ClassNotFoundException e) {
      return name + " nowhere";
    }
  }
}
