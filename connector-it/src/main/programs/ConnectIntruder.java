// SPDX-License-Identifier: Apache-2.0
import org.apache.spark.sql.SparkSession;

/**
 * A client of Spark Connect that tries to have the server's credentials and files sent to a host of
 * its own. Each try must be refused. Prints {@code INTRUDER OK}.
 *
 * <p>Arguments: the server's address, keyspace, the client's host with its port, a file of the
 * server's that the client wants, a file {@code driver.conf} of the client's.
 */
public final class ConnectIntruder {
  private final String server;
  private final String keyspace;
  private final String host;
  private final String file;

  private ConnectIntruder(String[] args) {
    this.server = args[0];
    this.keyspace = args[1];
    this.host = args[2];
    this.file = args[3];
  }

  public static void main(String[] args) throws Exception {
    new ConnectIntruder(args).run(args[4]);
    System.out.println("INTRUDER OK");
  }

  private void run(String driverConfig) throws Exception {
    refuse(spark -> read(spark, "contact-points", host));
    refuse(spark -> read(spark, "contact-points", host, "username", "x", "password.file", file));
    refuse(spark -> read(spark, "contact-points", host, "username", "x", "password.env", "PATH"));
    refuse(spark -> read(spark, "driver-config", "http://" + host + "/driver.conf"));
    refuse(spark -> read(spark, "contact-points", host, "connection.overrides", "all"));
    refuse(
        spark -> {
          spark.conf().set("spark.datasource.cassandra.contact-points", host);
          read(spark);
        });
    refuse(
        spark -> {
          spark.conf().set("spark.datasource.cassandra.connection.overrides", "all");
          spark.conf().set("spark.datasource.cassandra.contact-points", host);
          read(spark);
        });
    refuse(
        spark -> {
          spark.conf().set("spark.sql.catalog.cass.contact-points", host);
          spark.sql("SELECT * FROM cass." + keyspace + ".readings").collectAsList();
        });
    refuse(
        spark ->
            spark.sql(
                "CREATE TEMPORARY VIEW v USING cassandra OPTIONS (keyspace '%s', `table` 'readings', `contact-points` '%s')"
                    .formatted(keyspace, host)));
    // A file of the session's must not stand for the server's of the same name.
    SparkSession spark = session();
    try {
      spark.sql("ADD FILE '" + driverConfig + "'");
      spark.sql("SELECT * FROM shipped." + keyspace + ".readings").collectAsList();
      spark.conf().unset("spark.sql.catalog.cass.contact-points");
      spark.sql("SELECT * FROM cass." + keyspace + ".readings").collectAsList();
    } finally {
      spark.close();
    }
  }

  private SparkSession session() {
    return SparkSession.builder().remote(server).create();
  }

  private void read(SparkSession spark, String... options) {
    var reader =
        spark.read().format("cassandra").option("keyspace", keyspace).option("table", "readings");
    for (int i = 0; i < options.length; i += 2) {
      reader.option(options[i], options[i + 1]);
    }
    reader.load().collectAsList();
  }

  private interface Try {
    void run(SparkSession spark);
  }

  /** In a session of its own. */
  private void refuse(Try attempt) throws Exception {
    SparkSession spark = session();
    try {
      attempt.run(spark);
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("Cannot use option '")) {
        return;
      }
      throw e;
    } finally {
      spark.close();
    }
    throw new IllegalStateException("Nothing was refused.");
  }
}
