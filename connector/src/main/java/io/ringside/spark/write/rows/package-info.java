// SPDX-License-Identifier: Apache-2.0
/**
 * From plain Spark rows to mutations: which columns are written by which statement, and how the
 * cells of a row are bound to its markers. Sends nothing. May import error, config, schema, types,
 * cql and write.send.
 */
@NullMarked
package io.ringside.spark.write.rows;

import org.jspecify.annotations.NullMarked;
