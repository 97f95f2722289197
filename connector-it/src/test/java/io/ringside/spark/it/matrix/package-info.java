// SPDX-License-Identifier: Apache-2.0
/** Runs a core of the integration tests on every supported Spark, Scala, Cassandra and Java. */
@NullMarked
package io.ringside.spark.it.matrix;

import org.jspecify.annotations.NullMarked;
