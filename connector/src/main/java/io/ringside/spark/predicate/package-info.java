// SPDX-License-Identifier: Apache-2.0
/**
 * What of a query Cassandra evaluates, and what stays with Spark: predicates, aggregates and
 * orders, for reads and for writes. Pure: it opens no session. May use types, cql, ring, schema,
 * config and error; never read or write.
 */
@NullMarked
package io.ringside.spark.predicate;

import org.jspecify.annotations.NullMarked;
