// SPDX-License-Identifier: Apache-2.0
/**
 * What Spark has since 4.0: the catalog with procedures, named by its users. Never loaded by an
 * older Spark.
 */
@NullMarked
package io.ringside.spark.spark4;

import org.jspecify.annotations.NullMarked;
