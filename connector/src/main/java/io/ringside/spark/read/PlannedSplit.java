// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.read.plan.CassandraInputPartition;
import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.types.StructType;

/**
 * What one task of a scan of a whole table reads. Driver only.
 *
 * @param ranges not empty, along the ring
 * @param replicas addresses of the nodes that own all ranges; empty when no node does
 * @param bytes estimated bytes of the ranges, 0 when unknown
 */
public record PlannedSplit(List<RingRange> ranges, List<String> replicas, long bytes) {
  /** Copies the lists. */
  public PlannedSplit {
    ranges = List.copyOf(ranges);
    replicas = List.copyOf(replicas);
  }

  /**
   * The splits of a scan of all rows, planned as any scan of these options, in its order.
   *
   * @param schema the table's Spark schema
   * @throws ConnectorException UNSUPPORTED_TABLE for a table that one node answers for
   */
  public static List<PlannedSplit> of(TableSpec table, StructType schema, ConnectorConfig config) {
    if (table.kind().isOfOneNode()) {
      throw new ConnectorException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot split %s: it is a %s, which one node answers for. Read it as a whole."
              .formatted(table.displayName(), table.kind().displayName()));
    }
    List<PlannedSplit> splits = new ArrayList<>();
    CassandraScanBuilder scan = new CassandraScanBuilder(table, schema, config);
    for (InputPartition partition : scan.build().toBatch().planInputPartitions()) {
      splits.add(of((CassandraInputPartition) partition));
    }
    return splits;
  }

  private static PlannedSplit of(CassandraInputPartition partition) {
    List<RingRange> ranges = new ArrayList<>();
    for (ScanTarget target : partition.targets()) {
      ranges.add(((ScanTarget.OfRange) target).range());
    }
    return new PlannedSplit(
        ranges, partition.replicas().stream().map(Replica::host).toList(), partition.bytes());
  }
}
