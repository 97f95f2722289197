// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import io.ringside.spark.cql.StatementReader;
import io.ringside.spark.cql.StatementText;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.error.UnsupportedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema statement that a user wrote in CQL, as Spark SQL has none for it. What it is, is decided
 * by its words as the server reads them, and only what was read is sent. Its text may hold a
 * password, so nothing shows it. Driver only.
 */
public final class SchemaCql {
  /** What a statement may start with: all that neither reads nor writes rows. */
  private static final Set<String> ALLOWED =
      Set.of("CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "ADD", "COMMENT", "LIST", "DESCRIBE");

  /** What statements with passwords are about. */
  private static final Set<String> ABOUT_LOGINS = Set.of("ROLE", "USER", "IDENTITY", "PASSWORD");

  private static final Pattern POSITION = Pattern.compile("line \\d+:\\d+");

  private final StatementText statement;

  private SchemaCql(StatementText statement) {
    this.statement = statement;
  }

  /**
   * The statement of a text.
   *
   * @throws UnsupportedException UNSUPPORTED_OPERATION unless it is one of the schema or of roles,
   *     or when it drops something and that is not allowed
   */
  public static SchemaCql of(String text, DropProtection protection) {
    SchemaCql schema = new SchemaCql(read(text));
    if (!ALLOWED.contains(schema.statement.firstWord())) {
      throw refused(
          "it starts with none of %s. Use Spark SQL to read and write rows"
              .formatted(ALLOWED.stream().sorted().toList()));
    }
    if (schema.drops()) {
      protection.check(schema.displayName());
    }
    return schema;
  }

  private static StatementText read(String text) {
    try {
      return StatementReader.read(text);
    } catch (IllegalArgumentException e) {
      throw refused(Reason.of(e) + ". Correct the statement");
    }
  }

  private static UnsupportedException refused(String reason) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_OPERATION, "Cannot run a CQL statement: %s.".formatted(reason));
  }

  /** DROP is a reserved word, so the name must be quoted. */
  private boolean drops() {
    String first = statement.firstWord();
    return first.equals("DROP") || (first.equals("ALTER") && statement.words().contains("DROP"));
  }

  /** The statement as it was read, for the server alone. */
  public String text() {
    return statement.text();
  }

  /** What errors call it: {@code run CQL statement CREATE ROLE}. */
  public String displayName() {
    List<String> all = statement.words();
    return "run CQL statement " + String.join(" ", all.subList(0, Math.min(2, all.size())));
  }

  /** Why the server refused it, as far as the server's words cannot repeat a password. */
  public String reason(DriverException refusal) {
    String kind = refusal.getClass().getSimpleName();
    if (statement.words().stream().anyMatch(ABOUT_LOGINS::contains)) {
      return "%s. The server's words are not shown, as they may repeat a password".formatted(kind);
    }
    if (refusal instanceof SyntaxError && statement.hasLiterals()) {
      Matcher position = POSITION.matcher(String.valueOf(refusal.getMessage()));
      return "%s at %s. The server's words are not shown, as they may repeat a password"
          .formatted(kind, position.find() ? position.group() : "an unknown place");
    }
    return Reason.of(refusal);
  }
}
