// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs as users write them: plain Spark, with Cassandra behind {@code format("cassandra")} or a
 * catalog. Their tables are in {@code src/main/resources/examples}, their commands in {@code
 * docs/examples.md}.
 */
@NullMarked
package io.ringside.spark.it.examples;

import org.jspecify.annotations.NullMarked;
