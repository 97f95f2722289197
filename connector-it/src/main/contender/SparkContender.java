// SPDX-License-Identifier: Apache-2.0
import io.ringside.spark.it.bench.ContenderLoop;
import io.ringside.spark.it.bench.ScatteredOrder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The cases of the benchmark through Spark, the same for both connectors. Compiled when the benchmark
 * runs, against the Spark that it runs on. Arguments: the format's name, host, port, rows.
 */
public final class SparkContender {
  private final SparkSession spark;
  private final String format;
  private final long rows;

  private SparkContender(SparkSession spark, String format, long rows) {
    this.spark = spark;
    this.format = format;
    this.rows = rows;
  }

  public static void main(String[] args) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.extensions", extensions(args[0]))
            .config("spark.cassandra.connection.host", args[1])
            .config("spark.cassandra.connection.port", args[2])
            .getOrCreate();
    SparkContender contender = new SparkContender(spark, args[0], Long.parseLong(args[3]));
    ContenderLoop.run(contender::run);
  }

  /** The DataStax connector looks keys up for a join only with its extension. */
  private static String extensions(String format) {
    return format.equals("cassandra") ? "" : "com.datastax.spark.connector.CassandraSparkExtensions";
  }

  private Dataset<Row> table(String name) {
    return spark.read().format(format).option("keyspace", "bench").option("table", name).load();
  }

  private long run(String name) throws ReflectiveOperationException {
    switch (name) {
      case "scan-all":
        return drop(table("t"), rows);
      case "scan-narrow":
        return drop(table("t").select("ck", "c"), rows);
      case "scan-wide":
        return drop(table("wide"), rows / 20);
      case "scan-collections":
        return drop(table("nested"), rows / 5);
      case "scan-scale-1":
        return drop(table("scale1"), rows / 16);
      case "scan-scale-4":
        return drop(table("scale4"), rows / 4);
      case "scan-scale-16":
        return drop(table("t"), rows);
      case "join-small":
        // The condition is true, but without one Spark learns no keys while a query runs.
        Dataset<Row> keys =
            spark.range(rows / 10).selectExpr("id * 50 AS key").where("key >= 0").hint("broadcast");
        return table("keyed").join(keys, functions.expr("id = key")).select("id", "v").collectAsList().size();
      case "lookup-join":
        return drop(lookUp(rows / 10, 50), rows / 10);
      case "lookup-join-large":
        return drop(lookUp(rows, 5), rows);
      case "scan-text":
        return drop(table("texts"), rows / 10);
      case "count":
        return table("t").count();
      case "filter-clustering":
        return drop(table("t").where("ck < 2"), rows / 10);
      case "lookup-1000":
        String ids =
            LongStream.range(0, 1000)
                .map(i -> i * (rows / 20 / 1000))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
        return table("t").where("id IN (" + ids + ")").collectAsList().size();
      case "small-table":
        return table("small").collectAsList().size();
      case "write-sorted":
        return write(data("id"));
      case "write-random":
        return write(data("pmod(id * " + ScatteredOrder.stride(rows) + "L, " + rows + ")"));
      case "write-nulls":
        return write(
            data("id")
                .selectExpr("id", "ck", "a", "cast(null AS bigint) AS b", "c", "cast(null AS string) AS d",
                    "cast(null AS timestamp) AS e", "f"));
      default:
        throw new IllegalArgumentException(name);
    }
  }

  /**
   * Keys with the rows of the table that have them, in the way that each connector has for it: the
   * class path has the other one's classes only.
   */
  private Dataset<Row> lookUp(long count, int step) throws ReflectiveOperationException {
    Dataset<Row> keys = spark.range(0, count, 1, 4).selectExpr("id * " + step + " AS key");
    if (!format.equals("cassandra")) {
      Dataset<Row> keyed =
          spark
              .read()
              .format(format)
              .option("keyspace", "bench")
              .option("table", "keyed")
              .option("directJoinSetting", "on")
              .load();
      return keys.join(keyed, functions.expr("key = id")).select("key", "v");
    }
    Class<?> type = Class.forName("io.ringside.spark.LookupJoin");
    Object join = type.getMethod("of", Dataset.class).invoke(null, keys);
    join = type.getMethod("table", String.class).invoke(join, "bench.keyed");
    join = type.getMethod("on", String.class, String.class).invoke(join, "key", "id");
    join = type.getMethod("columns", String[].class).invoke(join, (Object) new String[] {"v"});
    @SuppressWarnings("unchecked")
    Dataset<Row> joined = (Dataset<Row>) type.getMethod("inner").invoke(join);
    return joined;
  }

  private static long drop(Dataset<Row> read, long expected) {
    read.write().format("noop").mode("overwrite").save();
    return expected;
  }

  private Dataset<Row> data(String order) {
    return spark
        .range(0, rows, 1, 4)
        .selectExpr(order + " AS i")
        .selectExpr(
            "i div 20 AS id",
            "cast(i % 20 AS int) AS ck",
            "cast(i % 1000 AS int) AS a",
            "i * 3 AS b",
            "cast(i AS double) AS c",
            "concat('some text ', i) AS d",
            "timestamp_millis(1700000000000L + i) AS e",
            "'a constant text' AS f");
  }

  private long write(Dataset<Row> data) {
    data.write()
        .format(format)
        .option("keyspace", "bench")
        .option("table", "target")
        .mode("append")
        .save();
    return rows;
  }
}
