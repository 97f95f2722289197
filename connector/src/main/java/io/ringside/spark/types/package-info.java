// SPDX-License-Identifier: Apache-2.0
/**
 * Facts about each CQL type and the Spark type it is read as, and values that both directions
 * share: numbers in bytes, texts of addresses and UUIDs. Pure. May import error, schema.
 */
@NullMarked
package io.ringside.spark.types;

import org.jspecify.annotations.NullMarked;
