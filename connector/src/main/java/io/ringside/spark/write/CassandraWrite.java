// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.metric.WriteMetrics;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;

/** What one query writes to one table. Driver only. */
final class CassandraWrite implements Write {
  private final WritePlan plan;

  CassandraWrite(WritePlan plan) {
    this.plan = plan;
  }

  @Override
  public String description() {
    return "Cassandra " + plan.table().displayName() + ", CQL: " + plan.cql();
  }

  @Override
  public BatchWrite toBatch() {
    return new CassandraBatchWrite(plan);
  }

  @Override
  public StreamingWrite toStreaming() {
    return new CassandraStreamingWrite(toBatch());
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return WriteMetrics.all();
  }
}
