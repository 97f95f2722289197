// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the pages of a task's token ranges and partitions: overlap, memory bound, retries. It is
 * fed by resolved numbers and knows neither options nor plans.
 */
@NullMarked
package io.ringside.spark.read.fetch;

import org.jspecify.annotations.NullMarked;
