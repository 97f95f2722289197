// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A client of Spark Connect that has nothing of the connector. It makes a table in the server's
 * catalog {@code cass}, writes and merges into it, changes it, and reads it in every way; it fails
 * when it does not read what it should. Prints {@code CLIENT OK}.
 *
 * <p>Arguments: the server's address, keyspace, the connector's jar to give to the server, or
 * nothing.
 */
public final class ConnectClient {
  private ConnectClient() {}

  public static void main(String[] args) throws Exception {
    refuse("io.ringside.spark.CassandraSource");
    refuse("com.datastax.oss.driver.api.core.CqlSession");
    String keyspace = args[1];
    SparkSession spark = SparkSession.builder().remote(args[0]).getOrCreate();
    try {
      if (args.length > 2) {
        spark.addArtifact(args[2]);
      }
      String name = "cass." + keyspace + ".readings";
      spark.sql(
          "CREATE TABLE %s (sensor INT, n INT, v STRING) PARTITIONED BY (sensor)".formatted(name)
              + " TBLPROPERTIES ('clustering_key' = 'n')");
      spark
          .range(1_000)
          .selectExpr(
              "cast(id div 10 AS int) AS sensor",
              "cast(id % 10 AS int) AS n",
              "concat('v', id) AS v")
          .write()
          .format("cassandra")
          .option("keyspace", keyspace)
          .option("table", "readings")
          .mode("append")
          .save();
      spark.sql("ALTER TABLE " + name + " ADD COLUMNS (note STRING)");
      spark.sql(
          "MERGE INTO %s t USING (SELECT 1 AS sensor, 5 AS n, 'changed' AS v".formatted(name)
              + " UNION ALL SELECT 1, 10, 'new' UNION ALL SELECT 2, 0, 'gone') s"
              + " ON t.sensor = s.sensor AND t.n = s.n"
              + " WHEN MATCHED AND s.v = 'gone' THEN DELETE"
              + " WHEN MATCHED THEN UPDATE SET v = s.v, note = 'merged'"
              + " WHEN NOT MATCHED THEN INSERT (sensor, n, v) VALUES (s.sensor, s.n, s.v)");
      Dataset<Row> readings =
          spark
              .read()
              .format("cassandra")
              .option("keyspace", keyspace)
              .option("table", "readings")
              .load();
      check(readings.count(), 1_000L);
      check(readings.filter("sensor = 1").count(), 11L);
      check(readings.filter("sensor = 2").count(), 9L);
      List<Row> merged =
          spark.sql("SELECT v FROM " + name + " WHERE note = 'merged'").collectAsList();
      check(merged.toString(), "[[changed]]");
      check(spark.sql("SHOW TABLES IN cass." + keyspace).count(), 1L);
      if (!spark.version().startsWith("3.")) {
        lookUp(spark, keyspace);
      }
    } finally {
      spark.close();
    }
    System.out.println("CLIENT OK");
  }

  /** A join that the server makes of the client's view. */
  private static void lookUp(SparkSession spark, String keyspace) {
    spark
        .range(50, 150)
        .selectExpr("cast(id AS int) AS wanted")
        .createOrReplaceTempView("wanted_sensors");
    spark
        .sql(
            "CALL calls.system.lookup_join(source => 'wanted_sensors', table => '%s.readings',"
                    .formatted(keyspace)
                + " on => 'wanted = sensor', name => 'found', kind => 'left')")
        .collectAsList();
    check(spark.table("found").count(), 550L);
    check(spark.sql("SELECT v FROM found WHERE wanted = 70 AND n = 3").collectAsList().toString(), "[[v703]]");
  }

  private static void refuse(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException wanted) {
      return;
    }
    throw new IllegalStateException("The client has " + name);
  }

  private static void check(Object found, Object wanted) {
    if (!found.equals(wanted)) {
      throw new IllegalStateException("Found " + found + " in place of " + wanted);
    }
  }
}
