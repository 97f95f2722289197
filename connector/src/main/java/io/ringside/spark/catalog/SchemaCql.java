// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import io.ringside.spark.cql.StatementWords;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.error.UnsupportedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema statement that a user wrote in CQL, as Spark SQL has none for it. Its text may hold a
 * password, so nothing shows it. Driver only.
 */
public final class SchemaCql {
  /** What a statement may start with: all that neither reads nor writes rows. */
  private static final Set<String> ALLOWED =
      Set.of("CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "ADD", "COMMENT", "LIST", "DESCRIBE");

  /** What statements with passwords are about. */
  private static final Set<String> ABOUT_LOGINS = Set.of("ROLE", "USER", "IDENTITY", "PASSWORD");

  private static final Pattern POSITION = Pattern.compile("line \\d+:\\d+");

  private final String text;
  private final StatementWords words;

  private SchemaCql(String text, StatementWords words) {
    this.text = text;
    this.words = words;
  }

  /**
   * The statement of a text.
   *
   * @throws UnsupportedException UNSUPPORTED_OPERATION unless it is one of the schema or of roles,
   *     or when it drops something and that is not allowed
   */
  public static SchemaCql of(String text, DropProtection protection) {
    StatementWords words = StatementWords.of(text);
    if (words.words().isEmpty() || !ALLOWED.contains(words.words().get(0))) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot run a CQL statement: it starts with none of %s. Use Spark SQL to read and write rows."
              .formatted(ALLOWED.stream().sorted().toList()));
    }
    SchemaCql statement = new SchemaCql(text, words);
    if (statement.drops()) {
      protection.check(statement.displayName());
    }
    return statement;
  }

  /** DROP is a reserved word, so the name must be quoted. */
  private boolean drops() {
    String first = words.words().get(0);
    return first.equals("DROP") || (first.equals("ALTER") && words.words().contains("DROP"));
  }

  /** The statement's text, for the server alone. */
  public String text() {
    return text;
  }

  /** What errors call it: {@code run CQL statement CREATE ROLE}. */
  public String displayName() {
    List<String> all = words.words();
    return "run CQL statement " + String.join(" ", all.subList(0, Math.min(2, all.size())));
  }

  /** Why the server refused it, as far as the server's words cannot repeat a password. */
  public String reason(DriverException refusal) {
    String kind = refusal.getClass().getSimpleName();
    if (words.words().stream().anyMatch(ABOUT_LOGINS::contains)) {
      return "%s. The server's words are not shown, as they may repeat a password".formatted(kind);
    }
    if (refusal instanceof SyntaxError && words.hasLiterals()) {
      Matcher position = POSITION.matcher(String.valueOf(refusal.getMessage()));
      return "%s at %s. The server's words are not shown, as they may repeat a password"
          .formatted(kind, position.find() ? position.group() : "an unknown place");
    }
    return Reason.of(refusal);
  }
}
