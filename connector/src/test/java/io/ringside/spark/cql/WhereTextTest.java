// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "name LIKE 'a%'",
        "tags CONTAINS 'x; -- ORDER BY /* ?' AND m['k'] = 1",
        "expr(idx, '{\"a\": [1, 2')",
        "(a, b) > (1, 2) AND c IN (1, 2)",
        "m = {'a': 1, 'b': 2} AND l = [1, 2]",
        "\"group\" = 1 AND \"limit\" = 2 AND group = 3 AND per = 4",
        "id = 550e8400-e29b-41d4-a716-446655440000 AND d = 1h30m AND x = 0xCAFE AND f > 1.5e10",
        "u = {a: 1, \"b\": 'x'} AND m = {'k': [1], 2: {3: 4}}",
        "t = 'it''s'"
      })
  void relationsStayAsTheyAre(String text) {
    assertThat(WhereText.of(text)).isEqualTo(text);
  }

  @Test
  void spacesAndStringsInDollarsAreWrittenAnew() {
    assertThat(WhereText.of("  a\n= $$it's$$ ")).isEqualTo("a = 'it''s'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                          | it is empty",
        "a = 1; DROP TABLE t         | there is a semicolon",
        "a = 1 -- and b = 2          | there is a comment",
        "a = 1 // and b = 2          | there is a comment",
        "a = 1 /* and b = 2 */       | there is a comment",
        "a = 1 ALLOW FILTERING       | ALLOW is no part of a condition",
        "a = 1 allow filtering       | ALLOW is no part of a condition",
        "a = 1 ORDER BY c            | ORDER is no part of a condition",
        "a = 1 LIMIT 3               | LIMIT is no part of a condition",
        "a = 1 GROUP BY a            | GROUP BY is no part of a condition",
        "a = 1 PER PARTITION LIMIT 1 | PARTITION is no part of a condition",
        "a = 1LIMIT 3                | a number is not apart from the word behind it",
        "a = 0xfORDER BY c           | a number is not apart from the word behind it",
        "a = 1GROUP BY c             | a number is not apart from the word behind it",
        "a = 1PER PARTITION LIMIT 3  | a number is not apart from the word behind it",
        "a = ?                       | it has a marker for a value",
        "a = :a                      | it has a marker for a value",
        "a = [:a]                    | it has a marker for a value",
        "a = {:a}                    | it has a marker for a value",
        "a = {'b': :a}               | it has a marker for a value",
        "a = {1, :a}                 | it has a marker for a value",
        "a = {'b': [:a]}             | it has a marker for a value",
        "a IN (1                     | '(' is not closed",
        "a IN (1]                    | ']' closes nothing",
        "a = 1)                      | ')' closes nothing",
        "a = 'x                      | a string is not closed",
        "\"a = 1                      | a name in quotes is not closed",
        "a = 1 \\ 2                  | CQL has no character U+005C",
        "token(k) > 5                | token(...) is for the token ranges of the scan",
        "TOKEN (k) > 5               | token(...) is for the token ranges of the scan"
      })
  void whatIsMoreThanRelationsIsRefused(String text, String reason) {
    assertThatThrownBy(() -> WhereText.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
