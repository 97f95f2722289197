// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.it.cassandra.CassandraCluster;
import io.ringside.spark.it.cassandra.CassandraClusters;
import io.ringside.spark.it.cassandra.ClusterSpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads by an ordinary role, which guardrails and permissions hold for, on one node. */
class GuardrailsIT {
  private static final CassandraCluster CLUSTER =
      CassandraClusters.start(
          ClusterSpec.oneNode("guarded")
              .withHeapMegabytes(512)
              .withSetting("authenticator", "PasswordAuthenticator")
              .withSetting("authorizer", "CassandraAuthorizer")
              .withSetting("permissions_validity_in_ms", "0")
              .withSetting("page_size_fail_threshold", "700")
              .withSetting("allow_filtering_enabled", "false")
              .withSetting("group_by_enabled", "false")
              .withJvmOption("-Dcassandra.superuser_setup_delay_ms=0"));

  @BeforeAll
  static void load() {
    try (CqlSession admin =
        CqlSession.builder()
            .addContactPoints(CLUSTER.contactPoints())
            .withLocalDatacenter(CLUSTER.localDatacenter())
            .withAuthCredentials("cassandra", "cassandra")
            .build()) {
      admin.execute(
          "CREATE KEYSPACE guarded WITH replication = {'class': 'SimpleStrategy',"
              + " 'replication_factor': 1}");
      admin.execute("CREATE TABLE guarded.t (id int, n int, v int, w text, PRIMARY KEY (id, n))");
      admin.execute("CREATE TABLE guarded.secret (id int PRIMARY KEY)");
      admin.execute("INSERT INTO guarded.secret (id) VALUES (1)");
      admin.execute("CREATE ROLE reader WITH PASSWORD = 'r' AND LOGIN = true");
      admin.execute("GRANT SELECT ON guarded.t TO reader");
    }
    Spark.SESSION
        .range(12_000)
        .selectExpr(
            "cast(id % 50 AS int) AS id",
            "cast(id AS int) AS n", "cast(id % 7 AS int) AS v", "concat('w', id) AS w")
        .write()
        .format("cassandra")
        .options(options("t", "cassandra", "cassandra"))
        .mode("append")
        .save();
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  private static Map<String, String> options(String table, String user, String password) {
    Map<String, String> options = new HashMap<>();
    options.put("contact-points", CLUSTER.contactPoint());
    options.put("username", user);
    options.put("password", password);
    options.put("keyspace", "guarded");
    options.put("table", table);
    return options;
  }

  private static Dataset<Row> table(String option, String value) {
    return Spark.SESSION
        .read()
        .format("cassandra")
        .options(options("t", "reader", "r"))
        .option(option, value)
        .load();
  }

  @Test
  void readsInPagesThatTheServerAllows() {
    assertThat(
            table("read.pushdown", "false")
                .selectExpr("count(w)", "sum(n)", "count(DISTINCT n)")
                .first()
                .toString())
        .isEqualTo("[12000,71994000,12000]");
  }

  @Test
  void readsFixedWidthColumnsInPagesThatTheServerAllows() {
    assertThat(table("read.pushdown", "false").selectExpr("count(v)", "sum(v)").first().toString())
        .isEqualTo("[12000,35995]");
  }

  @Test
  void saysWhatToSetWhereFilteringIsForbidden() {
    assertThatThrownBy(() -> table("read.allow-filtering", "always").where("v = 3").count())
        .hasStackTraceContaining("Set read.allow-filtering to never");
    assertThat(table("read.allow-filtering", "never").where("v = 3").count()).isEqualTo(1714);
  }

  @Test
  void saysWhatToSetWhereGroupsAreForbidden() {
    assertThatThrownBy(() -> table("read.pushdown", "true").groupBy("id").count().collect())
        .hasStackTraceContaining("Set read.pushdown to false");
  }

  @Test
  void saysThatThePermissionIsMissing() {
    assertThatThrownBy(
            () ->
                Spark.SESSION
                    .read()
                    .format("cassandra")
                    .options(options("secret", "reader", "r"))
                    .load()
                    .collect())
        .hasMessageContaining("Run GRANT SELECT ON guarded.secret TO reader;");
  }
}
