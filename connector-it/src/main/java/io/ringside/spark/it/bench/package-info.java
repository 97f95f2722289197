// SPDX-License-Identifier: Apache-2.0
/** The benchmark: the connector, the DataStax connector and the bare driver, side by side. */
@NullMarked
package io.ringside.spark.it.bench;

import org.jspecify.annotations.NullMarked;
