// SPDX-License-Identifier: Apache-2.0
/**
 * CQL text building only: no Spark, no session; values are bound, never rendered. May import error,
 * config, ring, schema.
 */
@NullMarked
package io.ringside.spark.cql;

import org.jspecify.annotations.NullMarked;
