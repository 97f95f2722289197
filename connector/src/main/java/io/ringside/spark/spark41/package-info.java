// SPDX-License-Identifier: Apache-2.0
/**
 * What touches interfaces that Spark has since 4.1. Reached only from methods that an older Spark
 * never calls, so that their classes are never loaded there.
 */
@NullMarked
package io.ringside.spark.spark41;

import org.jspecify.annotations.NullMarked;
