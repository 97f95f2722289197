// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the user of a connection may do to a table what a query is about to do. A server checks
 * permissions when it executes a statement, after it has parsed it and before it looks at its
 * values, so that it is asked by a statement that finds nothing, or whose values it refuses: one
 * request for each table and permission, which is kept for a minute once it is granted; none where
 * nobody logs in. Driver only; thread-safe.
 */
public final class TablePermissions {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern ANSWER =
      Pattern.compile("(?i)\\buser (\\S+) has no \\w+ permission on <table (\\S+)>");

  private static final Cache<Grant, Boolean> GRANTED =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofMinutes(1)).build();

  private enum Permission {
    SELECT,
    MODIFY
  }

  private record Grant(
      ConnectionConfig connection, String keyspace, String table, Permission permission) {}

  private TablePermissions() {}

  /**
   * Refuses to read a table that the user may not read.
   *
   * @param session of the connection
   * @throws InvalidInputException NO_PERMISSION
   */
  public static void checkRead(CqlSession session, ConnectionConfig connection, TableSpec table) {
    if (!table.kind().isOfOneNode()) {
      String key = names(table, "%s", ", ");
      SimpleStatement nothing =
          SimpleStatement.newInstance(
              "SELECT %s FROM %s WHERE token(%s) > 0 AND token(%s) <= 0"
                  .formatted(key, name(table), key, key));
      check(session, connection, table, Permission.SELECT, nothing);
    }
  }

  /**
   * Refuses to write to a table that the user may not write to.
   *
   * @param session of the connection
   * @throws InvalidInputException NO_PERMISSION
   */
  public static void checkWrite(CqlSession session, ConnectionConfig connection, TableSpec table) {
    // A null in a key is refused by every server.
    List<Object> nulls = Collections.nCopies(table.partitionKey().size(), null);
    SimpleStatement refused =
        SimpleStatement.newInstance(
            "DELETE FROM %s WHERE %s".formatted(name(table), names(table, "%s = ?", " AND ")),
            nulls.toArray());
    check(session, connection, table, Permission.MODIFY, refused);
  }

  private static void check(
      CqlSession session,
      ConnectionConfig connection,
      TableSpec table,
      Permission permission,
      SimpleStatement statement) {
    Grant grant = new Grant(connection, table.keyspace(), table.table(), permission);
    if (session.getContext().getAuthProvider().isEmpty() || GRANTED.getIfPresent(grant) != null) {
      return;
    }
    try {
      session.execute(statement.setTimeout(TIMEOUT));
    } catch (UnauthorizedException e) {
      throw missing(table, permission, e);
    } catch (DriverException notAboutPermissions) {
      // What keeps a server from answering is told by the requests of the query itself.
    }
    GRANTED.put(grant, true);
  }

  private static InvalidInputException missing(
      TableSpec table, Permission permission, UnauthorizedException answer) {
    String reason = Reason.of(answer);
    Matcher named = ANSWER.matcher(reason);
    boolean found = named.find();
    String role = found ? named.group(1) : "<role>";
    // Of a view it is the table behind it.
    String granted = found ? named.group(2) : table.displayName();
    return new InvalidInputException(
        ErrorCode.NO_PERMISSION,
        "Cannot %s %s: %s. Run GRANT %s ON %s TO %s; as a user who may grant it."
            .formatted(
                permission == Permission.SELECT ? "read" : "write to",
                table.displayName(),
                reason,
                permission,
                granted,
                role),
        answer);
  }

  private static String name(TableSpec table) {
    return CqlText.name(table.keyspace(), table.table());
  }

  /** The columns of the partition key, each by a format. */
  private static String names(TableSpec table, String format, String separator) {
    return table.partitionKey().stream()
        .map(ColumnSpec::name)
        .map(column -> format.formatted(CqlText.name(column)))
        .collect(Collectors.joining(separator));
  }
}
