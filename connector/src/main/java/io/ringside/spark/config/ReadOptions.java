// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the registry that says how tables are read. */
final class ReadOptions {
  private static final int MOST_KEYS = 10_000_000;

  private static final OptionGroup GROUP = new OptionGroup();

  static final ConfigOption<ConsistencyLevel> CONSISTENCY =
      GROUP.add(
          ConfigOption.of(
                  "read.consistency",
                  OptionType.oneOf(ConsistencyLevel.class),
                  "local_one",
                  "Consistency level of reads.")
              .alias("input.consistency.level"));

  static final ConfigOption<Long> SPLIT_SIZE =
      GROUP.add(
          ConfigOption.of(
                  "read.split-size",
                  OptionType.SIZE,
                  "64m",
                  "Bytes of one replica's data that a task reads, by Cassandra's own estimates.")
              .alias(
                  value -> value + "m",
                  "in megabytes",
                  "input.split.sizeInMB",
                  "input.split.size_in_mb"));

  static final ConfigOption<Long> SMALLEST_SPLIT_SIZE =
      GROUP.add(
          ConfigOption.of(
              "read.smallest-split-size",
              OptionType.SIZE,
              "2m",
              "A table that makes fewer tasks than Spark can run at the same time is cut into as"
                  + " many, as long as each reads these bytes."));

  static final ConfigOption<Integer> MIN_SPLITS =
      GROUP.add(
          ConfigOption.of(
              "read.min-splits",
              OptionType.integer(1, 1_000_000),
              "1",
              "At least so many tasks for a full scan, however small the table is."));

  static final ConfigOption<Integer> MAX_SPLITS =
      GROUP.add(
          ConfigOption.of(
              "read.max-splits",
              OptionType.integer(1, 1_000_000),
              "100000",
              "At most so many tasks for a full scan; splits grow beyond their size instead."));

  static final ConfigOption<Long> SIZE_HINT =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.size-hint",
              OptionType.SIZE,
              "Bytes of one replica of the table, for tables and services without size"
                  + " estimates."));

  static final ConfigOption<List<TokenInterval>> TOKEN_RANGES =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.token-ranges",
              OptionType.TOKEN_RANGES,
              "Reads only rows whose token is in these ranges: `start:end,start:end`, starts"
                  + " exclusive, ends inclusive. For jobs that do a large table part by part, or"
                  + " resume."));

  static final ConfigOption<Boolean> PUSHDOWN =
      GROUP.add(
          ConfigOption.of(
                  "read.pushdown",
                  OptionType.BOOLEAN,
                  "true",
                  "Whether Cassandra evaluates predicates, limits and aggregates. Columns are"
                      + " pruned either way.")
              .optionAlias("pushdown"));

  static final ConfigOption<AllowFiltering> ALLOW_FILTERING =
      GROUP.add(
          ConfigOption.of(
              "read.allow-filtering",
              OptionType.oneOf(AllowFiltering.class),
              "auto",
              "Whether predicates may run as `ALLOW FILTERING`. `auto`: where a request reads"
                  + " little even if it finds nothing, which needs Cassandra's size estimates."));

  static final ConfigOption<String> WHERE =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.where",
              OptionType.TEXT,
              "Reads only rows that fulfil these relations, written in CQL as they stand behind"
                  + " `WHERE`: for what Spark has no word for, such as `name LIKE 'a%'` or `tags"
                  + " CONTAINS 'x' AND v = 3`. They come before all else of the query. `UPDATE`,"
                  + " `MERGE`, a `DELETE` that reads rows, and lookup joins refuse it. See"
                  + " [conditions in CQL](pushdown.md#conditions-in-cql)."));

  static final ConfigOption<Integer> PER_PARTITION_LIMIT =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.per-partition-limit",
              OptionType.integer(1, Integer.MAX_VALUE),
              "Reads at most so many rows of each partition, the first in the table's order, as"
                  + " CQL's `PER PARTITION LIMIT`. They are chosen before every condition but those"
                  + " on the partition key, and before groups and orders, which Spark evaluates"
                  + " then. `DELETE`, `UPDATE` and `MERGE` refuse it."));

  static final ConfigOption<Integer> MAX_KEYS =
      GROUP.add(
          ConfigOption.of(
                  "read.max-keys",
                  OptionType.integer(0, MOST_KEYS),
                  "200000",
                  "Partition keys, all combinations of `IN` lists counted, up to which a query"
                      + " looks up partitions instead of scanning the table. Over 1,000 are looked"
                      + " up only where that takes less time than the scan.")
              .alias(
                  ReadOptions::atMostTenMillion,
                  "never more than 10,000,000",
                  "sql.inClauseToFullScanConversionThreshold"));

  static final ConfigOption<Integer> RANGES_IN_FLIGHT =
      GROUP.add(
          ConfigOption.of(
              "read.ranges-in-flight",
              OptionType.integer(1, 1024),
              "4",
              "Token ranges that a task reads at the same time."));

  static final ConfigOption<Integer> KEYS_IN_FLIGHT =
      GROUP.add(
          ConfigOption.of(
              "read.keys-in-flight",
              OptionType.integer(1, 1024),
              "32",
              "Requests for partitions by key that a task has under way at the same time. A request is"
                  + " for one partition; that of a lookup join is for up to four, where the partition"
                  + " key is one column."));

  static final ConfigOption<Long> PAGE_SIZE =
      GROUP.add(
          ConfigOption.of(
              "read.page-size",
              OptionType.SIZE,
              "1m",
              "Wanted bytes of a page. The number of rows asked for follows the rows that"
                  + " arrive."));

  static final ConfigOption<Long> MAX_PAGE_SIZE =
      GROUP.add(
          ConfigOption.of(
              "read.max-page-size",
              OptionType.SIZE,
              "8m",
              "Bytes that no page should exceed, unless one row alone does. Cassandra pages by"
                  + " rows: a task asks for so few that even the largest rows it has met lately"
                  + " would fit."));

  static final ConfigOption<Long> BUFFER_SIZE =
      GROUP.add(
          ConfigOption.of(
              "read.buffer-size",
              OptionType.SIZE,
              "16m",
              "Bytes of heap of pages that may be under way or wait to be consumed, for each"
                  + " task."));

  static final ConfigOption<Boolean> HEDGING =
      GROUP.add(
          ConfigOption.of(
              "read.hedging",
              OptionType.BOOLEAN,
              "true",
              "Whether a task asks a second replica for a page that the first does not answer in"
                  + " the time that nearly all pages take; for one request in twenty at most."));

  static final ConfigOption<Duration> PAGE_TIMEOUT =
      GROUP.add(
          ConfigOption.of(
                  "read.page-timeout",
                  OptionType.DURATION,
                  "12s",
                  "Time for one page. Slightly more than the server's own, so that its answer"
                      + " wins.")
              .alias(
                  value -> value + "ms",
                  "in milliseconds; each try of a request, reads and writes alike",
                  "read.timeoutMS",
                  "read.timeout_ms"));

  static final ConfigOption<Duration> RETRY_TIME =
      GROUP.add(
          ConfigOption.of(
              "read.retry-time",
              OptionType.DURATION,
              "5m",
              "How long a page is tried again: on other replicas, later, smaller."));

  static final ConfigOption<OnTruncate> ON_TRUNCATE =
      GROUP.add(
          ConfigOption.of(
              "read.on-truncate",
              OptionType.oneOf(OnTruncate.class),
              "fail",
              "What a scan does that finds its table truncated while it read it: `fail`, or `warn`"
                  + " and give the rows that are left."));

  static final ConfigOption<RateLimit> RATE_LIMIT =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.rate-limit",
              OptionType.RATE,
              "Most rows, or bytes of answers, that a scan reads each second, all its tasks"
                  + " together: `20000 rows` or `8m`. Divided equally over the tasks that may run"
                  + " at once."));

  static final ConfigOption<Long> LOOKUP_CACHE_SIZE =
      GROUP.add(
          ConfigOption.withoutDefault(
              "read.lookup-cache-size",
              OptionType.SIZE,
              "Bytes of heap in which an executor keeps answers of lookup joins, of one page at"
                  + " most each, for all its tasks. Without it each task asks for its keys."));

  static final ConfigOption<Duration> LOOKUP_CACHE_TIME =
      GROUP.add(
          ConfigOption.of(
              "read.lookup-cache-time",
              OptionType.DURATION,
              "1m",
              "How long an answer is kept there: a lookup join may miss changes as old as this."));

  /** These options, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL = GROUP.all();

  private ReadOptions() {}

  private static String atMostTenMillion(@Nullable String keys) {
    try {
      return String.valueOf(Math.min(Long.parseLong(String.valueOf(keys)), MOST_KEYS));
    } catch (NumberFormatException malformed) {
      return String.valueOf(keys);
    }
  }
}
