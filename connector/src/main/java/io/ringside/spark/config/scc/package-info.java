// SPDX-License-Identifier: Apache-2.0
/**
 * The names and settings of the DataStax connector (SCC): what each means here, or why it does not
 * apply. May import {@code error}.
 */
@NullMarked
package io.ringside.spark.config.scc;

import org.jspecify.annotations.NullMarked;
