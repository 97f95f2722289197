// SPDX-License-Identifier: Apache-2.0
/**
 * From Spark rows whose cells bring their own write times and times to live to mutations. Sends
 * nothing. May import what write.rows may, and write.rows.
 */
@NullMarked
package io.ringside.spark.write.timed;

import org.jspecify.annotations.NullMarked;
