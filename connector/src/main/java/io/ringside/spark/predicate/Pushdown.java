// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.ring.RingRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a query's predicates runs in Cassandra. Immutable. Driver only.
 *
 * @param access how rows are reached
 * @param pushed predicates that Cassandra evaluates exactly
 * @param residual the others, which Spark evaluates
 * @param restrictions conditions besides the partition key
 * @param filtering whether they need {@code ALLOW FILTERING}
 * @param refusals why predicates are residual
 * @param warnings what the user should know of predicates that no row can satisfy; full sentences
 */
public record Pushdown(
    Access access,
    List<Predicate> pushed,
    List<Predicate> residual,
    List<Restriction> restrictions,
    boolean filtering,
    List<Refusal> refusals,
    List<String> warnings) {

  /** Of a query without predicates. */
  public static final Pushdown NONE =
      new Pushdown(
          new Access.Ring(null), List.of(), List.of(), List.of(), false, List.of(), List.of());

  /** Copies the lists. */
  public Pushdown {
    pushed = List.copyOf(pushed);
    residual = List.copyOf(residual);
    restrictions = List.copyOf(restrictions);
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }

  /** Whether no row can satisfy the predicates. */
  public boolean empty() {
    return access instanceof Access.Nothing;
  }

  /** The only tokens of rows that can satisfy the predicates, along the ring; null for any. */
  public @Nullable List<RingRange> tokens() {
    if (access instanceof Access.Keys keys) {
      return keys.tokens();
    }
    return access instanceof Access.Ring ring ? ring.tokens() : null;
  }

  /** The values of each partition key column, in key order; null when rows are not read by key. */
  public @Nullable List<List<CqlValue>> key() {
    return access instanceof Access.Keys keys ? keys.values() : null;
  }

  /** The number of partition keys to look up; 0 for a scan of the ring and for no access at all. */
  public long keys() {
    return access instanceof Access.Keys keys ? keys.count() : 0;
  }

  /** The same, where servers may read rows that they then leave out. */
  public Pushdown withFiltering() {
    return new Pushdown(access, pushed, residual, restrictions, true, refusals, warnings);
  }

  /** All of the predicates left to Spark, for the same reason. */
  public Pushdown leftToSpark(String reason) {
    List<Predicate> all = new ArrayList<>(pushed);
    all.addAll(residual);
    List<Refusal> reasons = new ArrayList<>(refusals);
    pushed.forEach(predicate -> reasons.add(new Refusal(PredicateText.of(predicate), reason)));
    return new Pushdown(new Access.Ring(null), List.of(), all, List.of(), false, reasons, warnings);
  }

  /** The same conditions with another way to the rows. */
  public Pushdown by(Access other) {
    return new Pushdown(other, pushed, residual, restrictions, filtering, refusals, warnings);
  }
}
