// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.apache.spark.sql.Dataset;

/**
 * What two sides say about all readings; independent of the order of rows.
 *
 * @param rows their number
 * @param sequences the sum of the sequence numbers
 * @param values how many have a value
 * @param smallest value
 * @param largest value
 */
record Checksum(long rows, long sequences, long values, double smallest, double largest) {
  private static final int RANGES = 64;

  /** As Spark sees the table through the connector. */
  static Checksum inSpark(Dataset<org.apache.spark.sql.Row> readings) {
    org.apache.spark.sql.Row row =
        readings
            .selectExpr(
                "count(*)",
                "coalesce(sum(sequence), 0L)",
                "count(value)",
                "coalesce(min(value), 0D)",
                "coalesce(max(value), 0D)")
            .first();
    return new Checksum(
        row.getLong(0), row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4));
  }

  /** As Cassandra itself computes it, range by range. */
  static Checksum inCassandra(CqlSession session) {
    PreparedStatement query =
        session.prepare(
            "SELECT count(*), sum(sequence), count(value), min(value), max(value)"
                + " FROM quickstart.readings"
                + " WHERE token(sensor, day) > ? AND token(sensor, day) <= ?");
    Checksum total = new Checksum(0, 0, 0, Double.MAX_VALUE, -Double.MAX_VALUE);
    long step = Long.MAX_VALUE / RANGES * 2;
    for (int i = 0; i < RANGES; i++) {
      long start = Long.MIN_VALUE + i * step;
      long end = i == RANGES - 1 ? Long.MAX_VALUE : start + step;
      var row = session.execute(query.bind(start, end)).one();
      if (row != null && row.getLong(0) > 0) {
        total = total.plus(row);
      }
    }
    return total.values == 0 ? new Checksum(total.rows, total.sequences, 0, 0, 0) : total;
  }

  private Checksum plus(com.datastax.oss.driver.api.core.cql.Row row) {
    return new Checksum(
        rows + row.getLong(0),
        sequences + row.getLong(1),
        values + row.getLong(2),
        row.isNull(3) ? smallest : Math.min(smallest, row.getDouble(3)),
        row.isNull(4) ? largest : Math.max(largest, row.getDouble(4)));
  }
}
