// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** DataFrames that outlive the table they were made for. */
class RemadeTableIT {
  @BeforeAll
  static void createKeyspace() {
    Cassandra.keyspace("remade");
  }

  private static Dataset<Row> table(String name) {
    return Spark.SESSION.table("cass.remade." + name);
  }

  /** Makes a table with one row, and a DataFrame of it that has been read once. */
  private static Dataset<Row> read(String name, String columns) {
    create(name, columns);
    Dataset<Row> kept = table(name);
    assertThat(kept.collectAsList()).hasSize(1);
    return kept;
  }

  private static void create(String name, String columns) {
    Cassandra.cql("CREATE TABLE remade." + name + " (id int PRIMARY KEY, " + columns + ")");
    Cassandra.cql("INSERT INTO remade." + name + " (id) VALUES (1)");
  }

  /** Makes the connector's session know the schema; it would by itself within a second or two. */
  private static void notice(String name) {
    Spark.SESSION.sql("REFRESH TABLE cass.remade." + name);
  }

  @Test
  void failsWhenAnExecutedQueryIsExecutedAgain() {
    Dataset<Row> kept = read("executed", "v text");
    Cassandra.cql("DROP TABLE remade.executed");
    create("executed", "v bigint");
    notice("executed");
    assertThatThrownBy(kept::collectAsList)
        .hasStackTraceContaining(
            "Cannot read remade.executed: its column 'v' was made anew (its type was text and is"
                + " bigint)");
  }

  @Test
  void failsWhenANewQueryStandsOnAnOldDataFrame() {
    Dataset<Row> kept = read("planned", "v text");
    Cassandra.cql("DROP TABLE remade.planned");
    Cassandra.cql("CREATE TABLE remade.planned (id int, v text, PRIMARY KEY (v))");
    notice("planned");
    assertThatThrownBy(() -> kept.where("id = 1").collectAsList())
        .hasStackTraceContaining("Cannot read remade.planned: its primary key was made anew");
  }

  @Test
  void readsTheNewTableWhereItHasTheSameColumns() {
    Dataset<Row> kept = read("same", "v text");
    Cassandra.cql("DROP TABLE remade.same");
    create("same", "v text");
    Cassandra.cql("INSERT INTO remade.same (id) VALUES (2)");
    assertThat(kept.collectAsList()).hasSize(2);
  }

  @Test
  void readsTheNewTableWhenItIsLoadedAgain() {
    read("loaded", "v text");
    Cassandra.cql("DROP TABLE remade.loaded");
    create("loaded", "w bigint");
    notice("loaded");
    assertThat(table("loaded").columns()).containsExactly("id", "w");
    assertThat(table("loaded").collectAsList()).hasSize(1);
  }

  @Test
  void failsWhenAColumnCameBackWithAnotherType() {
    Dataset<Row> kept = read("columns", "v text, w int");
    Cassandra.cql("ALTER TABLE remade.columns DROP v");
    Cassandra.cql("ALTER TABLE remade.columns ADD v blob");
    notice("columns");
    assertThatThrownBy(kept::collectAsList)
        .hasStackTraceContaining("its column 'v' was made anew (its type was text and is blob)");
  }

  @Test
  void readsOnWhenAColumnIsAdded() {
    Dataset<Row> kept = read("wider", "v int");
    Cassandra.cql("ALTER TABLE remade.wider ADD w int");
    notice("wider");
    assertThat(kept.collectAsList()).hasSize(1);
  }

  @Test
  void readsOnWhenAUserDefinedTypeHasAnotherField() {
    Cassandra.cql("CREATE TYPE remade.place (street text)");
    Dataset<Row> kept = read("typed", "v frozen<place>");
    Cassandra.cql("ALTER TYPE remade.place ADD city text");
    notice("typed");
    assertThat(kept.collectAsList()).hasSize(1);
  }
}
