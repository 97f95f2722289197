// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.cql.WhereText;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The condition of option {@code read.where}, of which a server alone knows what it means: each
 * statement with it is prepared once, on the driver, before a task is made. Driver only; one per
 * query.
 */
final class WhereOption {
  /** Why something is left to Spark. */
  static final String REFUSED = "the server does not evaluate it beside 'read.where'";

  private static final CqlValue ANY = new CqlValue(ByteBuffer.allocate(0));

  private final TableSpec table;
  private final ConnectorConfig config;
  private final String text;

  private WhereOption(TableSpec table, ConnectorConfig config, String text) {
    this.table = table;
    this.config = config;
    this.text = text;
  }

  /**
   * The option, or null when it is not set.
   *
   * @throws InvalidInputException INVALID_OPTION when it has more than relations
   */
  static @Nullable WhereOption of(TableSpec table, ConnectorConfig config) {
    String where = config.read().push().where();
    if (where == null) {
      return null;
    }
    try {
      return new WhereOption(table, config, WhereText.of(where));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot read option 'read.where': %s. Write relations as they stand behind WHERE, joined by AND."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The relations. */
  String text() {
    return text;
  }

  /**
   * What a server evaluates of predicates together with the condition: all that is pushed, or none
   * of it. Filtering that the condition alone needs is left to {@link #checkFiltering}.
   *
   * @param mayFilter whether servers may filter for this
   * @throws InvalidInputException INVALID_OPTION when the server does not take the condition
   */
  Pushdown with(Pushdown pushdown, Predicate<Pushdown> mayFilter) {
    if (pushdown.empty()) {
      return pushdown;
    }
    QueryValidationException refusal = refusal(probe(pushdown));
    if (refusal == null) {
      return pushdown;
    }
    boolean alone = pushdown.pushed().isEmpty();
    Pushdown filtered = pushdown.withFiltering();
    if (!pushdown.filtering()) {
      refusal = refusal(probe(filtered));
      if (refusal == null && (alone || mayFilter.test(filtered))) {
        return filtered;
      }
    }
    if (!alone) {
      return with(pushdown.leftToSpark(REFUSED), mayFilter);
    }
    throw refused(refusal);
  }

  private String probe(Pushdown pushdown) {
    List<Selection> key =
        table.partitionKey().stream().map(column -> Selection.of(column.name())).toList();
    SelectQuery query =
        new SelectQuery(
            table,
            key,
            pushdown.restrictions(),
            List.of(),
            List.of(),
            RowLimits.NONE,
            new SelectQuery.Filter(pushdown.filtering(), text));
    return pushdown.key() == null ? query.tokenRange() : query.partition();
  }

  /** Whether a server takes a statement. */
  boolean isTaken(String cql) {
    return refusal(cql) == null;
  }

  private @Nullable QueryValidationException refusal(String cql) {
    try (SessionLease lease = Sessions.lease(config.connection(), table.keyspace())) {
      var unused = lease.session().prepare(cql);
      return null;
    } catch (QueryValidationException e) {
      return e;
    }
  }

  /**
   * Refuses a condition that needs filtering where servers may not filter.
   *
   * @throws InvalidInputException INVALID_OPTION
   */
  void checkFiltering(Pushdown pushdown, boolean mayFilter) {
    if (pushdown.filtering() && !mayFilter) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot read %s where %s: no index finds these rows, and option 'read.allow-filtering' as '%s' does not let servers filter here. Set it to 'always', or make an index."
              .formatted(
                  table.displayName(),
                  text,
                  config.read().push().allowFiltering().name().toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * The restrictions of a query as far as they say which columns must be selected: the condition
   * may be on a clustering column.
   */
  List<Restriction> and(List<Restriction> restrictions) {
    List<Restriction> all = new ArrayList<>(restrictions);
    table.clusteringColumns().stream()
        .limit(1)
        .forEach(
            column -> all.add(new Restriction(column.name(), Restriction.Operator.EQUAL, ANY)));
    return all;
  }

  /** The error about a condition that the server does not take. */
  private InvalidInputException refused(@Nullable QueryValidationException refusal) {
    return new InvalidInputException(
        ErrorCode.INVALID_OPTION,
        "Cannot read %s where %s: the server does not accept it: %s. Correct option 'read.where'."
            .formatted(table.displayName(), text, refusal == null ? "" : Reason.of(refusal)),
        refusal);
  }
}
