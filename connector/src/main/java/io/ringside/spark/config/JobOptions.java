// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.util.List;

/** The part of the registry that says what a write job as a whole does and may do. */
final class JobOptions {
  private static final OptionGroup GROUP = new OptionGroup();

  static final ConfigOption<WriteOperation> OPERATION =
      GROUP.add(
          ConfigOption.of(
              "write.operation",
              OptionType.oneOf(WriteOperation.class),
              "upsert",
              "What `save()` does with the rows of a DataFrame: `upsert` writes them; `delete`"
                  + " deletes all rows of their keys. Then the columns are the partition key, and"
                  + " clustering columns from the first on."));

  static final ConfigOption<Boolean> CONFIRM_TRUNCATE =
      GROUP.add(
          ConfigOption.of(
                  "confirm-truncate",
                  OptionType.BOOLEAN,
                  "false",
                  "Allows an overwrite to truncate the table when the job starts.")
              .optionAlias("confirm.truncate"));

  static final ConfigOption<PartitionOverwriteMode> PARTITION_OVERWRITE_MODE =
      GROUP.add(
          ConfigOption.of(
              "partition-overwrite-mode",
              OptionType.oneOf(PartitionOverwriteMode.class),
              "static",
              "What an overwrite without a condition replaces, such as `mode(\"overwrite\")`:"
                  + " `static` the whole table, `dynamic` the partitions that come in. Spark's"
                  + " `spark.sql.sources.partitionOverwriteMode` says it for `INSERT OVERWRITE` and"
                  + " `insertInto`."));

  static final ConfigOption<Boolean> ALLOW_SPECULATION =
      GROUP.add(
          ConfigOption.of(
              "write.allow-speculation",
              OptionType.BOOLEAN,
              "false",
              "Lets Spark run copies of tasks that add to counters or lists, although each copy"
                  + " adds again."));

  static final ConfigOption<WriteDistribution> DISTRIBUTION =
      GROUP.add(
          ConfigOption.of(
              "write.distribution",
              OptionType.oneOf(WriteDistribution.class),
              "none",
              "What Spark does with the rows first: `partition_key` shuffles them so that rows of a"
                  + " partition come together and share batches."));

  static final ConfigOption<RateLimit> RATE_LIMIT =
      GROUP.add(
          ConfigOption.withoutDefault(
              "write.rate-limit",
              OptionType.RATE,
              "Most rows, or bytes of values, that a job writes each second, all its tasks"
                  + " together: `20000 rows` or `8m`. Divided equally over the tasks that may run"
                  + " at once."));

  static final ConfigOption<ConsistencyLevel> ROW_LEVEL_READ_CONSISTENCY =
      GROUP.add(
          ConfigOption.of(
              "row-level.read-consistency",
              OptionType.oneOf(ConsistencyLevel.class),
              "local_quorum",
              "Consistency level at which `DELETE`, `UPDATE` and `MERGE` read the rows that they"
                  + " change; `read.consistency` is for queries. `UPDATE` and `MERGE` are refused"
                  + " where this level and `write.consistency` need not meet in a replica. See"
                  + " docs/row-level.md."));

  /** These options, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL = GROUP.all();

  private JobOptions() {}
}
