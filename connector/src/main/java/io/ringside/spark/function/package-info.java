// SPDX-License-Identifier: Apache-2.0
/**
 * The functions that a catalog has, computed by Spark. May import ring, schema, types and
 * types.encode.
 */
@NullMarked
package io.ringside.spark.function;

import org.jspecify.annotations.NullMarked;
