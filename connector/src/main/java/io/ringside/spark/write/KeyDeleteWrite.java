// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.WriteDistribution;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.metric.WriteMetrics;
import io.ringside.spark.predicate.LiteralCells;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CellEncoders;
import io.ringside.spark.write.change.Deletions;
import io.ringside.spark.write.change.RowChangePlan;
import io.ringside.spark.write.rows.DataColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Deletes all rows of the keys in a DataFrame, one statement per key. Driver only. */
final class KeyDeleteWrite implements RequiresDistributionAndOrdering {
  private final RowChangePlan plan;

  private KeyDeleteWrite(RowChangePlan plan) {
    this.plan = plan;
  }

  /**
   * The write, checked.
   *
   * @param keys columns of the primary key: the partition key's, and clustering columns from the
   *     first on, in any order
   * @throws ConnectorException when the columns are others, or a type does not fit
   */
  static KeyDeleteWrite of(TableSpec table, ConnectorConfig config, StructType keys) {
    Deletions deletions = Deletions.now(table, config);
    DataColumns.checkNames(table, keys);
    List<ColumnSpec> columns = new ArrayList<>();
    for (StructField field : keys.fields()) {
      ColumnSpec column = table.column(field.name());
      if (column == null || !column.kind().isPrimaryKey()) {
        throw cannotDelete(
            table, "column '%s' is not part of its primary key".formatted(field.name()), "Drop it");
      }
      CellEncoders.of(column, field.dataType());
      columns.add(column);
    }
    boolean complete = true;
    for (ColumnSpec column : table.partitionKey()) {
      if (!columns.contains(column)) {
        throw cannotDelete(
            table,
            "column '%s' of its partition key is missing".formatted(column.name()),
            "Add it to the DataFrame");
      }
      if (!LiteralCells.identifiesKeys(column)) {
        throw cannotDelete(
            table,
            "a value of column '%s', of its partition key, does not tell its bytes in Cassandra"
                .formatted(column.name()),
            "Use CQL");
      }
    }
    for (ColumnSpec column : table.clusteringColumns()) {
      if (columns.contains(column) && !complete) {
        throw cannotDelete(
            table,
            "clustering column '%s' is given without those before it".formatted(column.name()),
            "Add these, or drop it to delete whole partitions");
      }
      complete &= columns.contains(column);
    }
    return new KeyDeleteWrite(deletions.plan(columns, keys));
  }

  private static ConnectorException cannotDelete(TableSpec table, String reason, String advice) {
    return new ConnectorException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot delete from %s: %s. %s.".formatted(table.displayName(), reason, advice));
  }

  @Override
  public String description() {
    return "Cassandra " + plan.table().displayName() + ", deletes by key";
  }

  /** Keys of a partition together, if the user asks for it. */
  @Override
  public Distribution requiredDistribution() {
    return shuffles() ? KeyOrder.clustered(plan.table()) : Distributions.unspecified();
  }

  /** Only speed depends on it. */
  @Override
  public boolean distributionStrictlyRequired() {
    return false;
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return shuffles() ? KeyOrder.of(plan.table(), plan.idSchema()) : new SortOrder[0];
  }

  private boolean shuffles() {
    return plan.write().distribution() == WriteDistribution.PARTITION_KEY;
  }

  @Override
  public BatchWrite toBatch() {
    return new KeyDeleteBatch(plan);
  }

  @Override
  public StreamingWrite toStreaming() {
    return new CassandraStreamingWrite(new KeyDeleteBatch(plan));
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return WriteMetrics.all();
  }
}
