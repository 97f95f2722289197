// SPDX-License-Identifier: Apache-2.0
/**
 * Real Cassandra for tests, the quickstart and benchmarks: child JVMs, a container or an existing
 * cluster behind one interface. Imports nothing of the connector.
 */
@NullMarked
package io.ringside.spark.it.cassandra;

import org.jspecify.annotations.NullMarked;
