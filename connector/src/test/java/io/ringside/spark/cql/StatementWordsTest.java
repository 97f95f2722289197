// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of statements that somebody else wrote. */
class StatementWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create type ks.t (a int)        | CREATE TYPE KS T A INT | false",
        "/* drop */ Alter table t ADD b  | ALTER TABLE T ADD B    | false",
        "-- drop                         | ~~                     | false",
        "GRANT ALL ON KEYSPACE \"drop\" TO r | GRANT ALL ON KEYSPACE TO R | false",
        "CREATE ROLE r WITH PASSWORD='it''s drop' AND LOGIN=true"
            + "| CREATE ROLE R WITH PASSWORD AND LOGIN TRUE | true",
        "CREATE FUNCTION f AS $$ drop ' $$ x | CREATE FUNCTION F AS X | true",
        "DROP ROLE 'not closed           | DROP ROLE              | true"
      })
  void areThoseOutsideOfQuotesAndComments(String statement, String words, boolean hasLiterals) {
    StatementWords found = StatementWords.of(statement);
    assertThat(String.join(" ", found.words())).isEqualTo(words);
    assertThat(found.hasLiterals()).isEqualTo(hasLiterals);
  }

  @Test
  void endCommentsWithTheirLine() {
    assertThat(StatementWords.of("// a\nDROP -- b\n TABLE t").words())
        .isEqualTo(List.of("DROP", "TABLE", "T"));
  }

  /** Whatever a text literal holds, none of it is a word. */
  @Property
  void neverHoldLiterals(@ForAll String literal) {
    String statement = "CREATE ROLE r WITH PASSWORD = '" + literal.replace("'", "''") + "' AND x";
    assertThat(StatementWords.of(statement).words())
        .containsExactly("CREATE", "ROLE", "R", "WITH", "PASSWORD", "AND", "X");
  }
}
