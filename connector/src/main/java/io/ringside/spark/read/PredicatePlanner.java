// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.AllowFiltering;
import io.ringside.spark.config.ReadConfig;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.PartitionPredicates;
import io.ringside.spark.predicate.PredicatePushdown;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.predicate.Reach;
import io.ringside.spark.read.plan.LookupCost;
import io.ringside.spark.read.plan.TableFacts;
import io.ringside.spark.read.plan.TableSizes;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decides which predicates of a query Cassandra evaluates, by what the options allow and what the
 * table's sizes make of it. Driver only; one per query.
 *
 * @param schema the table's Spark schema
 * @param where the user's own condition in CQL, or null
 */
record PredicatePlanner(
    TableSpec table,
    StructType schema,
    ReadConfig read,
    TableFacts facts,
    @Nullable WhereOption where) {
  /** What a request may read without finding anything; well within a server's time-out. */
  private static final long MOST_BYTES_FILTERED = 64L << 20;

  /**
   * What Cassandra evaluates of predicates.
   *
   * @throws io.ringside.spark.error.InvalidInputException INVALID_OPTION when the server does not
   *     take the user's condition
   */
  Pushdown plan(List<Predicate> predicates) {
    Pushdown byKey = pushdown(predicates);
    return withWhere(
        byKey.keys() <= LookupCost.FEW_KEYS || LookupCost.isLess(byKey.keys(), facts.sizes())
            ? byKey
            : pushdown(predicates, 0));
  }

  /** The same together with the user's condition, if there is one. */
  Pushdown withWhere(Pushdown pushdown) {
    return where == null ? pushdown : where.with(pushdown, this::mayFilter);
  }

  /** What Cassandra would evaluate of predicates, whatever a lookup of their keys costs. */
  Pushdown pushdown(List<Predicate> predicates) {
    return pushdown(predicates, read.push().maxKeys());
  }

  /** Finds out whether the server may filter only if it would have to. */
  private Pushdown pushdown(List<Predicate> predicates, int mostKeys) {
    if (read.push().perPartitionLimit() != null) {
      return PartitionPredicates.of(table, schema, predicates, mostKeys);
    }
    Pushdown filtered = pushdown(predicates, mostKeys, Reach.FILTERING);
    return !filtered.filtering() || mayFilter(filtered)
        ? filtered
        : pushdown(predicates, mostKeys, Reach.INDEX);
  }

  private Pushdown pushdown(List<Predicate> predicates, int mostKeys, Reach reach) {
    return where == null
        ? PredicatePushdown.of(table, schema, predicates, mostKeys, reach)
        : PartitionPredicates.besideCondition(table, schema, predicates, mostKeys, reach);
  }

  /** Filtering is safe where neither a token range nor a partition is large. */
  boolean mayFilter(Pushdown filtered) {
    if (read.push().allowFiltering() != AllowFiltering.AUTO) {
      return read.push().allowFiltering() == AllowFiltering.ALWAYS;
    }
    if (filtered.key() != null && table.clusteringColumns().isEmpty()) {
      return true;
    }
    TableSizes now = facts.sizes();
    return now.source() != SizeSource.NONE
        && read.split().splitBytes() / read.fetch().rangesInFlight() <= MOST_BYTES_FILTERED
        && now.partitionBytes() <= MOST_BYTES_FILTERED;
  }
}
