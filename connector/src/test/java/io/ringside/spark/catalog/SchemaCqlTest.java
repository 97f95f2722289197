// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import io.ringside.spark.config.Permission;
import io.ringside.spark.error.ConnectorThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which CQL statements run, and what may be told of them. */
class SchemaCqlTest {
  private static final DropProtection ON =
      DropProtection.of(new Permission("catalog.allow-drop", false, false), "cass");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT secret FROM t",
        "insert into t (id) values (1)",
        "/* CREATE */ UPDATE t SET secret = 1",
        "BEGIN BATCH APPLY BATCH",
        "TRUNCATE t",
        "USE ks",
        "'CREATE TABLE'",
        "\"x\" CREATE TABLE t",
        "$$ CREATE $$ TRUNCATE t",
        "-- CREATE\nBEGIN UNLOGGED BATCH",
        ". CREATE TABLE t"
      })
  void refusesWhatIsNoSchemaStatement(String statement) {
    assertThatThrownBy(() -> SchemaCql.of(statement, DropProtection.OFF))
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageStartingWith("Cannot run a CQL statement: it starts with none of [ADD, ALTER,")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TYPE ks.t",
        " -- x\n drop role secret",
        "ALTER TABLE ks.t /* ADD */ DROP c",
        "alter table ks.t drop (a, b)",
        "-- x\rDROP TABLE ks.t /*\nCREATE */",
        "// x\rDROP TABLE ks.t",
        "--\r/*\nCREATE */ DROP TABLE ks.t",
        "/* $$ */ DROP TABLE ks.t /* $$ CREATE */",
        "ALTER TABLE ks.\"t\"DROP c",
        "ALTER TABLE ks.t-- ADD\rDROP c -- int",
        "ALTER TABLE ks.t/*'*/DROP/*'*/c",
        "ALTER TABLE ks.t ALTER c DROP MASKED"
      })
  void protectsFromDrops(String statement) {
    assertThatThrownBy(() -> SchemaCql.of(statement, ON))
        .hasMessageContaining("this catalog drops nothing")
        .hasMessageContaining("run SET `spark.sql.catalog.cass.catalog.allow-drop`=true.");
    assertThat(SchemaCql.of(statement, DropProtection.OFF).text()).containsIgnoringCase("DROP");
  }

  @Test
  void doesNotOfferTheSessionWhatTheApplicationForbids() {
    DropProtection ofApplication =
        DropProtection.of(new Permission("catalog.allow-drop", false, true), "cass");
    assertThatThrownBy(() -> SchemaCql.of("DROP TABLE ks.t", ofApplication))
        .hasMessage(
            "Cannot run CQL statement DROP TABLE: this catalog drops nothing. The settings that the application starts with say so: to allow it, start the application with --conf spark.sql.catalog.cass.catalog.allow-drop=true. [UNSUPPORTED_OPERATION]");
  }

  @Test
  void refusesWhatIsNoStatementWithoutRepeatingIt() {
    assertThatThrownBy(() -> SchemaCql.of("CREATE ROLE r WITH PASSWORD = 's3cret", ON))
        .hasMessage(
            "Cannot run a CQL statement: at character 31, a string is not closed. Correct the statement. [UNSUPPORTED_OPERATION]");
  }

  @Test
  void takesADropInQuotesForAName() {
    SchemaCql statement = SchemaCql.of("ALTER TABLE ks.t ADD \"DROP\" int", ON);
    assertThat(statement.displayName()).isEqualTo("run CQL statement ALTER TABLE");
  }

  @Test
  void tellsTheServersWordsUnlessTheyMayRepeatAPassword() {
    DriverException syntax =
        new SyntaxError(null, "line 1:31 mismatched input 's3cret' expecting EOF");
    DriverException invalid = new InvalidQueryException(null, "unknown keyspace ks (s3cret)");
    assertThat(reason("CREATE ROLE r WITH PASSWORD = 's3cret'", syntax))
        .isEqualTo("SyntaxError. The server's words are not shown, as they may repeat a password");
    assertThat(reason("CREATE ROLE r WITH PASSWORD = 's3cret'", invalid)).doesNotContain("s3cret");
    assertThat(reason("CREATE RLE r WITH PASWORD = 's3cret'", syntax))
        .startsWith("SyntaxError at line 1:31.")
        .doesNotContain("s3cret");
    assertThat(reason("CREATE TYPE ks.t (a int", syntax)).contains("mismatched input");
    assertThat(reason("CREATE TABLE ks.t (a int PRIMARY KEY) WITH comment = 'x'", invalid))
        .contains("unknown keyspace ks");
  }

  private static String reason(String statement, DriverException refusal) {
    return SchemaCql.of(statement, ON).reason(refusal);
  }
}
