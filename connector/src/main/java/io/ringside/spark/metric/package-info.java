// SPDX-License-Identifier: Apache-2.0
/** Spark custom metrics and Micrometer meters. May import error. */
@NullMarked
package io.ringside.spark.metric;

import org.jspecify.annotations.NullMarked;
