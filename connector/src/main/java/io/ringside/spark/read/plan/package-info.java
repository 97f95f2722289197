// SPDX-License-Identifier: Apache-2.0
/**
 * Plans a scan: cuts the token ring, or the keys that a query names, into the parts that tasks
 * read. May import everything below {@code read}.
 */
@NullMarked
package io.ringside.spark.read.plan;

import org.jspecify.annotations.NullMarked;
