// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Names in mixed case, with spaces, quotes, dots and back quotes, and reserved words, through every
 * path. Cassandra allows keyspaces and tables letters, digits and underscores only.
 */
@Tag("matrix")
class NamesIT {
  private static final SparkSession SPARK = Spark.SESSION;
  private static final String KS = "SeLect";
  private static final String TABLE = "ORDER";
  private static final String SQL_TABLE = "names.`SeLect`.`ORDER`";
  private static final String CQL_TABLE = "\"SeLect\".\"ORDER\"";

  @BeforeAll
  static void makeKeyspace() {
    SPARK.conf().set("spark.sql.catalog.names", "io.ringside.spark.CassandraCatalog");
    SPARK.conf().set("spark.sql.catalog.names.contact-points", Cassandra.CLUSTER.contactPoint());
    SPARK.conf().set("spark.sql.catalog.names.catalog.allow-drop", "true");
    Cassandra.cql("DROP KEYSPACE IF EXISTS \"SeLect\"");
    sql("CREATE NAMESPACE names.`SeLect`");
    Cassandra.cql(
        "CREATE TYPE \"SeLect\".\"Ty\"\"pe\" (\"Field One\" int, \"select\" text, \"a\"\"b\" text)");
  }

  @BeforeEach
  void dropTable() {
    sql("DROP TABLE IF EXISTS " + SQL_TABLE);
  }

  private static Dataset<org.apache.spark.sql.Row> sql(String statement) {
    return SPARK.sql(statement);
  }

  private static void create() {
    sql(
        "CREATE TABLE "
            + SQL_TABLE
            + " (`MiXed Case` STRING COMMENT 'cql: ascii', `a \"b\"` INT, `from` INT,"
            + " `dot.ted` DOUBLE, `tick``ed` STRING COMMENT 'cql: static',"
            + " `token` BIGINT,"
            + " `U D T` STRUCT<`Field One`: INT, `select`: STRING, `a\"b`: STRING>"
            + " COMMENT 'cql: frozen<\"Ty\"\"pe\">')"
            + " PARTITIONED BY (`MiXed Case`, `a \"b\"`)"
            + " TBLPROPERTIES ('clustering_key'='\"from\" DESC', 'comment'='\"quoted\" and \\'more\\'')");
  }

  private static List<String> columns() {
    return Cassandra.cql(
            "SELECT * FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?",
            KS,
            TABLE)
        .all()
        .stream()
        .map(
            row ->
                row.getString("column_name")
                    + '|'
                    + row.getString("type")
                    + '|'
                    + row.getString("kind"))
        .toList();
  }

  @Test
  void makesShowsAndDropsThem() {
    create();
    List<String> expected =
        List.of(
            "MiXed Case|ascii|partition_key",
            "U D T|frozen<\"Ty\"\"pe\">|regular",
            "a \"b\"|int|partition_key",
            "dot.ted|double|regular",
            "from|int|clustering",
            "tick`ed|text|static",
            "token|bigint|regular");
    assertThat(columns()).containsExactlyElementsOf(expected);
    assertThat(sql("SHOW NAMESPACES IN names").collectAsList().toString()).contains(KS);
    assertThat(sql("SHOW TABLES IN names.`SeLect`").collectAsList().toString()).contains("ORDER");
    assertThat(sql("DESCRIBE " + SQL_TABLE).collectAsList().toString())
        .contains("[MiXed Case,string,cql: ascii]", "cql: frozen<\"Ty\"\"pe\">");
    String create = sql("SHOW CREATE TABLE " + SQL_TABLE).collectAsList().get(0).getString(0);
    sql("DROP TABLE " + SQL_TABLE);
    assertThat(columns()).isEmpty();
    // Spark 3.5 shows the table's name without its catalog and quotes.
    sql(create.replaceFirst("(?s)^CREATE TABLE .*? \\(", "CREATE TABLE " + SQL_TABLE + " ("));
    assertThat(columns()).containsExactlyElementsOf(expected);
    sql("DROP TABLE " + SQL_TABLE);
    assertThat(columns()).isEmpty();
  }

  @Test
  void writesAndReadsThem() {
    create();
    sql("ALTER TABLE " + SQL_TABLE + " DROP COLUMN `U D T`");
    Spark.append(
        SPARK
            .range(40)
            .selectExpr(
                "concat('k', id % 4) AS `MiXed Case`",
                "cast(id % 2 AS int) AS `a \"b\"`",
                "cast(id AS int) AS `from`",
                "id / 2.0D AS `dot.ted`",
                "'s' AS `tick``ed`",
                "id AS `token`"),
        KS,
        TABLE);
    sql(
        "INSERT INTO "
            + SQL_TABLE
            + " BY NAME SELECT 'k0' AS `MiXed Case`, 0 AS `a \"b\"`, 100 AS `from`, 1D AS `dot.ted`,"
            + " 's' AS `tick``ed`, 100L AS `token`");
    Row row =
        Objects.requireNonNull(
            Cassandra.cql("SELECT count(*), max(\"dot.ted\") FROM " + CQL_TABLE).one());
    assertThat(row.getLong(0)).isEqualTo(41);
    assertThat(row.getDouble(1)).isEqualTo(19.5);

    assertReads("`MiXed Case` = 'k0' AND `a \"b\"` = 0", 11);
    assertReads("`MiXed Case` IN ('k0', 'k1') AND `a \"b\"` IN (0, 1) AND `from` > 30", 5);
    assertReads("`from` = 7", 1);
    assertReads("`dot.ted` >= 10 AND `token` < 30", 10);
    assertReads("`tick``ed` = 's'", 41);
    assertThat(
            sql("SELECT `MiXed Case`, `a \"b\"`, count(*), max(`from`) AS m FROM "
                    + SQL_TABLE
                    + " GROUP BY `MiXed Case`, `a \"b\"` ORDER BY m")
                .collectAsList()
                .toString())
        .isEqualTo("[[k1,1,10,37], [k2,0,10,38], [k3,1,10,39], [k0,0,11,100]]");
    assertThat(
            sql("SELECT `from` FROM "
                    + SQL_TABLE
                    + " WHERE `MiXed Case` = 'k0' AND `a \"b\"` = 0 ORDER BY `from` DESC LIMIT 2")
                .collectAsList()
                .toString())
        .isEqualTo("[[100], [36]]");
    assertThat(Spark.table(KS, TABLE).where("`dot.ted` = 1.0").select("`dot.ted`").count())
        .isEqualTo(2);
  }

  private static void assertReads(String condition, long rows) {
    assertThat(sql("SELECT * FROM " + SQL_TABLE + " WHERE " + condition).count())
        .as(condition)
        .isEqualTo(rows);
  }

  @Test
  void changesThem() {
    create();
    sql(
        "ALTER TABLE "
            + SQL_TABLE
            + " ADD COLUMN `New \"Col\"` ARRAY<STRING> COMMENT 'cql: set<text>'");
    sql("ALTER TABLE " + SQL_TABLE + " RENAME COLUMN `from` TO `GROUP`");
    sql("ALTER TABLE " + SQL_TABLE + " DROP COLUMN `dot.ted`");
    assertThat(columns())
        .contains("New \"Col\"|set<text>|regular", "GROUP|int|clustering")
        .noneMatch(column -> column.startsWith("dot.ted"));
    sql("CREATE INDEX `GrouP_IndeX` ON " + SQL_TABLE + " (token)");
    assertThat(
            Cassandra.cql(
                    "SELECT index_name FROM system_schema.indexes WHERE keyspace_name = ? AND"
                        + " table_name = ?",
                    KS,
                    TABLE)
                .one()
                .getString(0))
        .isEqualTo("GrouP_IndeX");
    sql("DROP INDEX `GrouP_IndeX` ON " + SQL_TABLE);
    sql("COMMENT ON TABLE " + SQL_TABLE + " IS \"it's 'x'\"");
    assertThat(
            Cassandra.cql(
                    "SELECT comment FROM system_schema.tables WHERE keyspace_name = ? AND"
                        + " table_name = ?",
                    KS,
                    TABLE)
                .one()
                .getString(0))
        .isEqualTo("it's 'x'");
  }

  @Test
  void makesATableOfAQuery() {
    sql("DROP TABLE IF EXISTS names.`SeLect`.`GROUP`");
    sql(
        "CREATE TABLE names.`SeLect`.`GROUP` PARTITIONED BY (`K \"1\"`)"
            + " TBLPROPERTIES ('clustering_key'='\"where\" DESC, \"Second One\"')"
            + " AS SELECT id AS `K \"1\"`, 'x' AS `where`, 1 AS `Second One`, id AS `b.c` FROM range(3)");
    assertThat(
            Cassandra.cql("SELECT \"b.c\" FROM \"SeLect\".\"GROUP\" WHERE \"K \"\"1\"\"\" = 2")
                .one()
                .getLong(0))
        .isEqualTo(2);
  }

  @Test
  void saysWhatCassandraSaysOfOthers() {
    assertThatThrownBy(
            () -> sql("CREATE TABLE names.`SeLect`.`a \"b\"` (id INT) PARTITIONED BY (id)"))
        .hasStackTraceContaining("Cannot create table SeLect.a \"b\": ")
        .hasStackTraceContaining("[DDL_FAILED]");
    assertThatThrownBy(() -> sql("CREATE NAMESPACE names.`MiXed Case`"))
        .hasStackTraceContaining("Cannot create keyspace MiXed Case: ");
  }
}
