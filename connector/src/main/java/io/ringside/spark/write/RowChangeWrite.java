// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.metric.WriteMetrics;
import io.ringside.spark.write.RowChangeBatch.Rerun;
import io.ringside.spark.write.change.ChangePlan;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.RowLevelOperation;

/**
 * What one statement changes in one table. Driver only.
 *
 * <p>Cassandra has no snapshots. So that a scan never meets rows that the same statement has
 * changed, and a task that runs again changes the same rows in the same way, updates and merges
 * have all been read, and shuffled by partition key, before the first is written. Deletions need
 * none of that: to read fewer rows is right.
 */
final class RowChangeWrite implements DeltaWrite, RequiresDistributionAndOrdering {
  private final ChangePlan plan;
  private final RowLevelOperation.Command command;

  RowChangeWrite(ChangePlan plan, RowLevelOperation.Command command) {
    this.plan = plan;
    this.command = command;
  }

  private boolean isDelete() {
    return command == RowLevelOperation.Command.DELETE;
  }

  @Override
  public Distribution requiredDistribution() {
    return isDelete() ? Distributions.unspecified() : KeyOrder.clustered(plan.table());
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return isDelete() ? new SortOrder[0] : KeyOrder.of(plan.table(), plan.input());
  }

  @Override
  public String description() {
    return "Cassandra " + plan.table().displayName() + ", row by row";
  }

  @Override
  public DeltaBatchWrite toBatch() {
    return new RowChangeBatch(plan, isDelete() ? Rerun.ALLOWED : Rerun.REFUSED);
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return WriteMetrics.all();
  }
}
