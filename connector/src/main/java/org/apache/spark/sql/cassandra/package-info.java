// SPDX-License-Identifier: Apache-2.0
/** One class under the name that jobs for the DataStax connector use. */
@NullMarked
package org.apache.spark.sql.cassandra;

import org.jspecify.annotations.NullMarked;
