// SPDX-License-Identifier: Apache-2.0
/** Integration tests: the connector's jar in Spark, against a real Cassandra. */
@NullMarked
package io.ringside.spark.it;

import org.jspecify.annotations.NullMarked;
