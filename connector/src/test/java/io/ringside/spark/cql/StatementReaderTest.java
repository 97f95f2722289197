// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that somebody else wrote, as they are read and as they are sent. */
class StatementReaderTest {
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
        "ALTER TABLE t ALTER c 1DROP MASKED | ALTER TABLE T ALTER C 1DROP DROP MASKED | false"
      })
  void wordsAreThoseOutsideOfQuotesAndComments(
      String statement, String words, boolean hasLiterals) {
    StatementText found = StatementReader.read(statement);
    assertThat(String.join(" ", found.words())).isEqualTo(words);
    assertThat(found.hasLiterals()).isEqualTo(hasLiterals);
  }

  /** Each pair is what was written and what is sent. */
  @Test
  void whatIsSentHasNoCommentAndOneWayToReadIt() {
    for (List<String> pair :
        List.of(
            List.of("-- x\rDROP TABLE t /*\nCREATE */", "DROP TABLE t"),
            List.of("// a\nDROP -- b\n TABLE t", "DROP TABLE t"),
            List.of("/* /* */ DROP TABLE t", "DROP TABLE t"),
            List.of("ALTER/**/TABLE\tt\r\nADD--x\rb int;;", "ALTER TABLE t ADD b int"),
            List.of("CREATE TABLE t (a int) -- open", "CREATE TABLE t (a int)"),
            List.of(
                "CREATE ROLE r WITH PASSWORD = $$it's--$$",
                "CREATE ROLE r WITH PASSWORD = 'it''s--'"),
            List.of("COMMENT 'a'$$b$$'c'", "COMMENT 'a' 'b' 'c'"),
            List.of("COMMENT '--''/*'", "COMMENT '--''/*'"),
            List.of("ALTER TABLE \"a\"\"--\" ADD b int", "ALTER TABLE \"a\"\"--\" ADD b int"),
            List.of(
                "CREATE x -1.5e-3 0xCAFE {'a':1} >= 1", "CREATE x -1.5e-3 0xCAFE {'a':1} >= 1"))) {
      assertThat(StatementReader.read(pair.get(0)).text()).isEqualTo(pair.get(1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "DROP ROLE 'canary           | at character 11, a string is not closed",
        "DROP ROLE \"canary          | at character 11, a name in quotes is not closed",
        "DROP ROLE $$canary$         | at character 11, a string is not closed",
        "DROP /* canary              | at character 6, a comment is not closed",
        "CREATE a; DROP canary       | at character 11, there is more than one statement",
        "CREATE\u00a0canary          | at character 7, CQL has no character U+00A0",
        "CREATE\u2028DROP canary     | at character 7, CQL has no character U+2028",
        "\u0130canary                | at character 1, CQL has no character U+0130",
        "CREATE \\canary             | at character 8, CQL has no character U+005C",
        "CREATE # canary             | at character 8, CQL has no character U+0023"
      })
  void refusesWhatIsNotOneStatementWithoutRepeatingIt(String statement, String reason) {
    assertThatThrownBy(() -> StatementReader.read(statement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("canary");
  }

  /** What is sent is read as what it was made from, so that no check of it can be wrong. */
  @Property
  void readsWhatItWritesAlike(@ForAll("statements") String statement) {
    StatementText once;
    try {
      once = StatementReader.read(statement);
    } catch (IllegalArgumentException notAStatement) {
      return;
    }
    assertThat(StatementReader.read(once.text())).isEqualTo(once);
    // A letter for what is in quotes: its neighbours are apart, and are no sign together.
    assertThat(once.text().replaceAll("'[^']*'|\"[^\"]*\"", "x"))
        .doesNotContain("--", "//", "/*", "$", ";", "\r", "\n");
  }

  @Provide
  Arbitrary<String> statements() {
    return Arbitraries.of(
            "DROP", " ", "\r", "\n", "--", "-", "/", "/*", "*/", "*", "$$", "$", "'", "\"", ";",
            "a", "1", ".", "\u00a0")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  /** Whatever a text literal holds, none of it is a word. */
  @Property
  void wordsNeverHoldLiterals(@ForAll String literal) {
    String statement = "CREATE ROLE r WITH PASSWORD = '" + literal.replace("'", "''") + "' AND x";
    assertThat(StatementReader.read(statement).words())
        .containsExactly("CREATE", "ROLE", "R", "WITH", "PASSWORD", "AND", "X");
  }
}
