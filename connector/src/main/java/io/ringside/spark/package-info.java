// SPDX-License-Identifier: Apache-2.0
/**
 * What users name in their configuration: the source {@code cassandra}, the catalog class, and the
 * table that both hand to Spark. Everything below is internal.
 */
@NullMarked
package io.ringside.spark;

import org.jspecify.annotations.NullMarked;
