// SPDX-License-Identifier: Apache-2.0
/** Write builder, writers and their in-flight window. Not catalog, not read. */
@NullMarked
package io.ringside.spark.write;

import org.jspecify.annotations.NullMarked;
