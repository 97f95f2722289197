// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.write.rows.MutationPlan;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** Plans of jobs that started at 1,000 microseconds after the epoch. */
public final class Plans {
  private Plans() {}

  /** A job that writes rows of a schema, in Spark's DDL, without speculation. */
  public static MutationPlan of(TableSpec table, String schema, Map<String, String> options) {
    return plan(table, config(options), schema);
  }

  /** The same of a job that replaces the partitions of the rows. */
  public static MutationPlan replacing(
      TableSpec table, String schema, Map<String, String> options) {
    ConnectorConfig config = config(options);
    return ReplacementPlanner.plan(table, config, plan(table, config, schema));
  }

  private static MutationPlan plan(TableSpec table, ConnectorConfig config, String schema) {
    return new WritePlanner(table, config, StructType.fromDDL(schema)).plan(1000, false);
  }

  private static ConnectorConfig config(Map<String, String> options) {
    return ConnectorConfig.of(List.of(options), name -> name, warning -> {});
  }
}
