// SPDX-License-Identifier: Apache-2.0
/** Serialisable descriptions of tables. Driver data types, no session; may import error. */
@NullMarked
package io.ringside.spark.schema;

import org.jspecify.annotations.NullMarked;
