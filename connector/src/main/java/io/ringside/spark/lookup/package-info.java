// SPDX-License-Identifier: Apache-2.0
/**
 * Lookup joins: rows of a Dataset joined with the rows of a table that have their keys, which each
 * task asks Cassandra for.
 */
@NullMarked
package io.ringside.spark.lookup;

import org.jspecify.annotations.NullMarked;
