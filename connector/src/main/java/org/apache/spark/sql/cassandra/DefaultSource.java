// SPDX-License-Identifier: Apache-2.0
package org.apache.spark.sql.cassandra;

import io.ringside.spark.CassandraSource;

/**
 * The source under the name that jobs for the DataStax connector use: {@code
 * format("org.apache.spark.sql.cassandra")}. Spark appends this class's name to the format's. Made
 * by Spark. Driver only.
 */
public final class DefaultSource extends CassandraSource {
  /** For Spark, which makes sources by their class name. */
  public DefaultSource() {}
}
