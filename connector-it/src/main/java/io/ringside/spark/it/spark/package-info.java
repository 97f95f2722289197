// SPDX-License-Identifier: Apache-2.0
/**
 * Spark in processes of its own: programs, submitted or not, and a standalone cluster on loopback
 * addresses.
 */
@NullMarked
package io.ringside.spark.it.spark;

import org.jspecify.annotations.NullMarked;
