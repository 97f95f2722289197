// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which joins Spark hands keys over for, so that they are looked up: the table of the documents.
 */
@Tag("matrix")
class RuntimeFiltersIT {
  private static final SparkSession SPARK = Spark.SESSION;

  /** Of tables that are too large to be broadcast, as Spark is told. */
  private static final String LARGE = "spark.sql.catalog.filtering";

  /** Of tables that are broadcast. */
  private static final String SMALL = "spark.sql.catalog.filters";

  @TempDir private static Path folder;

  private static SentCql sent;

  @BeforeAll
  static void makeTables() {
    Cassandra.keyspace("filters");
    Cassandra.cql("CREATE TABLE filters.t (id bigint PRIMARY KEY, v int)");
    Cassandra.cql("CREATE TABLE filters.two (a int, b int, v int, PRIMARY KEY ((a, b)))");
    Cassandra.cql("CREATE TABLE filters.small (k bigint PRIMARY KEY, x int)");
    Spark.append(SPARK.range(20_000).selectExpr("id", "cast(id AS int) AS v"), "filters", "t");
    Spark.append(
        SPARK
            .range(20_000)
            .selectExpr(
                "cast(id % 100 AS int) AS a",
                "cast(id div 100 AS int) AS b", "cast(id AS int) AS v"),
        "filters",
        "two");
    Spark.append(SPARK.range(10).selectExpr("id AS k", "cast(id AS int) AS x"), "filters", "small");
    SPARK
        .range(10)
        .selectExpr("id AS k", "cast(id AS int) AS i", "cast(id AS int) AS x")
        .write()
        .parquet(folder.resolve("keys").toString());
    SPARK.read().parquet(folder.resolve("keys").toString()).createOrReplaceTempView("file");
    sent = new SentCql();
    catalog(LARGE, "1g");
    catalog(SMALL, "1k");
  }

  private static void catalog(String name, String sizeHint) {
    SPARK.conf().set(name, "io.ringside.spark.CassandraCatalog");
    SPARK.conf().set(name + ".contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set(name + ".driver-config", SentCql.driverConfig());
    SPARK.conf().set(name + ".read.size-hint", sizeHint);
  }

  @AfterAll
  static void stopCollecting() {
    sent.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A file with a filter, broadcast.
        "SELECT v FROM filtering.filters.t JOIN file ON id = k WHERE x < 3 | 3 | true",
        "SELECT v FROM filtering.filters.t JOIN file ON id = i WHERE x < 3 | 3 | true",
        "SELECT v FROM filtering.filters.t LEFT SEMI JOIN file ON id = k AND x < 3 | 3 | true",
        "SELECT v FROM filtering.filters.t WHERE id IN (SELECT k FROM file WHERE x < 3) | 3 | true",
        // A table of Cassandra with a filter that Spark evaluates.
        "SELECT v FROM filtering.filters.t JOIN filters.filters.small ON id = k WHERE x % 5 = 3"
            + " | 2 | true",
        // The whole key of two columns.
        "SELECT v FROM filtering.filters.two JOIN file ON a = i AND b = x WHERE x < 3 | 3 | true",
        // A filter that is all pushed, and none.
        "SELECT v FROM filtering.filters.t JOIN filters.filters.small ON id = k WHERE x = 3"
            + " | 1 | false",
        "SELECT v FROM filtering.filters.t JOIN file ON id = k | 10 | false",
        "SELECT v FROM filtering.filters.t JOIN VALUES (1L), (2L) AS f(k) ON id = k | 2 | false",
        // Every row of the table is needed.
        "SELECT v FROM filtering.filters.t LEFT JOIN file ON id = k AND x < 3 | 20000 | false",
        // A part of the key.
        "SELECT v FROM filtering.filters.two JOIN file ON a = i WHERE x < 3 | 600 | false",
        // No broadcast.
        "SELECT /*+ MERGE(file) */ v FROM filtering.filters.t JOIN file ON id = k WHERE x < 3"
            + " | 3 | false",
      })
  void looksKeysUpWhereSparkHandsThemOver(String query, long rows, boolean lookedUp) {
    sent.clear();
    assertThat(SPARK.sql(query).collectAsList()).hasSize((int) rows);
    String table = query.contains("filters.two") ? "filters.two" : "filters.t";
    long scans = sent.containing("FROM " + table + " WHERE token(").size();
    if (lookedUp) {
      assertThat(scans).isZero();
    } else {
      assertThat(scans).isPositive();
    }
  }
}
