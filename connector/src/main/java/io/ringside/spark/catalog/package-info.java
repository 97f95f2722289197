// SPDX-License-Identifier: Apache-2.0
/** Keyspace and table DDL. May import session and everything below it; not read, not write. */
@NullMarked
package io.ringside.spark.catalog;

import org.jspecify.annotations.NullMarked;
