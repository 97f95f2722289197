// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registry of all options; what is not here does not exist. {@code docs/options.md} is written
 * from it.
 */
final class Options {
  /** Cassandra's bound: 20 years. */
  private static final int MOST_TTL_SECONDS = 630_720_000;

  private static final int MOST_KEYS = 10_000_000;
  private static final String TABLE_DEFAULT = "0 is the table's default";
  private static final String JOB_START = "0 is the job's start, SCC's the time of each request";

  static final ConfigOption<String> KEYSPACE =
      ConfigOption.withoutDefault(
          "keyspace", OptionType.TEXT, "Keyspace of the table, exactly as stored.");

  static final ConfigOption<String> TABLE =
      ConfigOption.withoutDefault(
          "table", OptionType.TEXT, "Table or materialized view, exactly as stored.");

  static final ConfigOption<ConsistencyLevel> READ_CONSISTENCY =
      ConfigOption.of(
              "read.consistency",
              OptionType.oneOf(ConsistencyLevel.class),
              "local_one",
              "Consistency level of reads.")
          .alias("input.consistency.level");

  static final ConfigOption<Long> READ_SPLIT_SIZE =
      ConfigOption.of(
              "read.split-size",
              OptionType.SIZE,
              "64m",
              "Bytes of one replica's data that a task reads, by Cassandra's own estimates.")
          .alias(
              value -> value + "m",
              "in megabytes",
              "input.split.sizeInMB",
              "input.split.size_in_mb");

  static final ConfigOption<Integer> READ_MIN_SPLITS =
      ConfigOption.of(
          "read.min-splits",
          OptionType.integer(1, 1_000_000),
          "1",
          "At least so many tasks for a full scan, however small the table is.");

  static final ConfigOption<Integer> READ_MAX_SPLITS =
      ConfigOption.of(
          "read.max-splits",
          OptionType.integer(1, 1_000_000),
          "100000",
          "At most so many tasks for a full scan; splits grow beyond their size instead.");

  static final ConfigOption<Integer> READ_RANGES_IN_FLIGHT =
      ConfigOption.of(
          "read.ranges-in-flight",
          OptionType.integer(1, 1024),
          "4",
          "Token ranges that a task reads at the same time.");

  static final ConfigOption<Integer> READ_KEYS_IN_FLIGHT =
      ConfigOption.of(
          "read.keys-in-flight",
          OptionType.integer(1, 1024),
          "32",
          "Partitions that a task looks up by key at the same time.");

  static final ConfigOption<Integer> READ_MAX_KEYS =
      ConfigOption.of(
              "read.max-keys",
              OptionType.integer(0, MOST_KEYS),
              "200000",
              "Partition keys, all combinations of `IN` lists counted, up to which a query looks up"
                  + " partitions instead of scanning the table. Over 1,000 are looked up only where"
                  + " that takes less time than the scan.")
          .alias(
              Options::atMostTenMillion,
              "never more than 10,000,000",
              "sql.inClauseToFullScanConversionThreshold");

  static final ConfigOption<Boolean> READ_PUSHDOWN =
      ConfigOption.of(
              "read.pushdown",
              OptionType.BOOLEAN,
              "true",
              "Whether Cassandra evaluates predicates, limits and aggregates. Columns are pruned"
                  + " either way.")
          .optionAlias("pushdown");

  static final ConfigOption<AllowFiltering> READ_ALLOW_FILTERING =
      ConfigOption.of(
          "read.allow-filtering",
          OptionType.oneOf(AllowFiltering.class),
          "auto",
          "Whether predicates may run as `ALLOW FILTERING`. `auto`: where a request reads little"
              + " even if it finds nothing, which needs Cassandra's size estimates.");

  static final ConfigOption<Long> READ_SIZE_HINT =
      ConfigOption.withoutDefault(
          "read.size-hint",
          OptionType.SIZE,
          "Bytes of one replica of the table, for tables and services without size estimates.");

  static final ConfigOption<List<TokenInterval>> READ_TOKEN_RANGES =
      ConfigOption.withoutDefault(
          "read.token-ranges",
          OptionType.TOKEN_RANGES,
          "Reads only rows whose token is in these ranges: `start:end,start:end`, starts exclusive,"
              + " ends inclusive. For jobs that do a large table part by part, or resume.");

  static final ConfigOption<Long> READ_PAGE_SIZE =
      ConfigOption.of(
          "read.page-size",
          OptionType.SIZE,
          "1m",
          "Wanted bytes of a page. The number of rows asked for follows the rows that arrive.");

  static final ConfigOption<Long> READ_MAX_PAGE_SIZE =
      ConfigOption.of(
          "read.max-page-size",
          OptionType.SIZE,
          "8m",
          "Bytes that no page should exceed, unless one row alone does. Cassandra pages by rows: a"
              + " task asks for so few that even the largest rows it has met lately would fit.");

  static final ConfigOption<Boolean> READ_HEDGING =
      ConfigOption.of(
          "read.hedging",
          OptionType.BOOLEAN,
          "true",
          "Whether a task asks a second replica for a page that the first does not answer in the"
              + " time that nearly all pages take; for one request in twenty at most.");

  static final ConfigOption<Long> READ_BUFFER_SIZE =
      ConfigOption.of(
          "read.buffer-size",
          OptionType.SIZE,
          "16m",
          "Bytes of heap of pages that may be under way or wait to be consumed, for each task.");

  static final ConfigOption<Duration> READ_PAGE_TIMEOUT =
      ConfigOption.of(
              "read.page-timeout",
              OptionType.DURATION,
              "12s",
              "Time for one page. Slightly more than the server's own, so that its answer wins.")
          .alias(
              value -> value + "ms",
              "in milliseconds; each try of a request, reads and writes alike",
              "read.timeoutMS",
              "read.timeout_ms");

  static final ConfigOption<Duration> READ_RETRY_TIME =
      ConfigOption.of(
          "read.retry-time",
          OptionType.DURATION,
          "5m",
          "How long a page is tried again: on other replicas, later, smaller.");

  static final ConfigOption<OnTruncate> READ_ON_TRUNCATE =
      ConfigOption.of(
          "read.on-truncate",
          OptionType.oneOf(OnTruncate.class),
          "fail",
          "What a scan does that finds its table truncated while it read it: `fail`, or `warn` and"
              + " give the rows that are left.");

  static final ConfigOption<RateLimit> READ_RATE_LIMIT =
      ConfigOption.withoutDefault(
          "read.rate-limit",
          OptionType.RATE,
          "Most rows, or bytes of answers, that a scan reads each second, all its tasks together:"
              + " `20000 rows` or `8m`. Divided equally over the tasks that may run at once.");

  static final ConfigOption<ConsistencyLevel> WRITE_CONSISTENCY =
      ConfigOption.of(
              "write.consistency",
              OptionType.oneOf(ConsistencyLevel.class),
              "local_quorum",
              "Consistency level of writes.")
          .alias("output.consistency.level");

  static final ConfigOption<Long> WRITE_BATCH_BYTES =
      ConfigOption.of(
              "write.batch-bytes",
              OptionType.SIZE,
              "4k",
              "A batch of one partition is sent when its values take so many bytes. Servers warn"
                  + " above 5 KB by default.")
          .alias("output.batch.size.bytes");

  static final ConfigOption<Integer> WRITE_BATCH_ROWS =
      ConfigOption.of(
              "write.batch-rows",
              OptionType.integer(1, 10_000),
              "64",
              "A batch of one partition is sent when it has so many rows.")
          .alias(
              value -> value.equalsIgnoreCase("auto") ? null : value,
              "`auto` is the default",
              "output.batch.size.rows");

  static final ConfigOption<Integer> WRITE_IN_FLIGHT =
      ConfigOption.of(
              "write.in-flight",
              OptionType.integer(1, 1024),
              "64",
              "Requests that a task has under way at most. Fewer when servers are overloaded.")
          .alias("output.concurrent.writes");

  static final ConfigOption<Long> WRITE_BUFFER_SIZE =
      ConfigOption.of(
          "write.buffer-size",
          OptionType.SIZE,
          "24m",
          "Memory of rows that wait in a task for others of their partition, and again of requests"
              + " that are under way.");

  static final ConfigOption<Duration> WRITE_REQUEST_TIMEOUT =
      ConfigOption.of(
              "write.request-timeout", OptionType.DURATION, "12s", "Time for one batch or row.")
          .alias(
              value -> value + "ms",
              "in milliseconds; each try of a request, reads and writes alike",
              "read.timeoutMS",
              "read.timeout_ms");

  static final ConfigOption<Duration> WRITE_RETRY_TIME =
      ConfigOption.of(
          "write.retry-time",
          OptionType.DURATION,
          "5m",
          "How long a batch is tried again after a failure that may pass.");

  static final ConfigOption<WriteOperation> WRITE_OPERATION =
      ConfigOption.of(
          "write.operation",
          OptionType.oneOf(WriteOperation.class),
          "upsert",
          "What `save()` does with the rows of a DataFrame: `upsert` writes them; `delete` deletes"
              + " all rows of their keys. Then the columns are the partition key, and clustering"
              + " columns from the first on.");

  static final ConfigOption<NullHandling> WRITE_NULLS =
      ConfigOption.of(
              "write.nulls",
              OptionType.oneOf(NullHandling.class),
              "unset",
              "What a null does: `unset` leaves the cell as it is, `tombstone` deletes it.")
          .alias(
              value -> Boolean.parseBoolean(value) ? "unset" : "tombstone",
              "unset is the default here, SCC's is to delete",
              "output.ignoreNulls");

  static final ConfigOption<Integer> WRITE_TTL =
      ConfigOption.withoutDefault(
              "write.ttl",
              OptionType.integer(0, MOST_TTL_SECONDS),
              "Time to live of the written cells in seconds; 0 for cells that stay. Without it, the"
                  + " table's default.")
          .alias(Options::zeroIsUnset, TABLE_DEFAULT, "output.ttl")
          .optionAlias("ttl", Options::zeroIsUnset, TABLE_DEFAULT);

  static final ConfigOption<String> WRITE_TTL_COLUMN =
      ConfigOption.withoutDefault(
          "write.ttl-column",
          OptionType.TEXT,
          "Column of the data, of a whole-number type, that holds each row's time to live in"
              + " seconds. It is not written itself; where it is null, `write.ttl` counts.");

  static final ConfigOption<WriteTimestamp> WRITE_TIMESTAMP =
      ConfigOption.of(
              "write.timestamp",
              OptionType.WRITE_TIMESTAMP,
              "job",
              "Write time of the cells: `job` counts from the job's start, so that retries and"
                  + " speculation change nothing and the last row of a key in a task wins; `server`"
                  + " leaves it to the coordinators; microseconds since the epoch are the time of"
                  + " all cells. Counters and conditional writes always get the server's.")
          .alias(Options::zeroIsUnset, JOB_START, "output.timestamp")
          .optionAlias("writetime", Options::zeroIsUnset, JOB_START);

  static final ConfigOption<String> WRITE_TIMESTAMP_COLUMN =
      ConfigOption.withoutDefault(
          "write.timestamp-column",
          OptionType.TEXT,
          "Column of the data, a timestamp or microseconds since the epoch as BIGINT, that holds"
              + " each row's write time. It is not written itself; where it is null,"
              + " `write.timestamp` counts.");

  static final ConfigOption<Boolean> WRITE_CELL_METADATA =
      ConfigOption.of(
          "write.cell-metadata",
          OptionType.BOOLEAN,
          "false",
          "Gives each cell its own write time and time to live: every column `c` of the data"
              + " outside of the primary key then has `_writetime_c` and `_ttl_c` beside it, as a"
              + " read gives them. `_read_time` tells from when the seconds count. See"
              + " docs/copying.md.");

  static final ConfigOption<Boolean> CONFIRM_TRUNCATE =
      ConfigOption.of(
              "confirm-truncate",
              OptionType.BOOLEAN,
              "false",
              "Allows an overwrite to truncate the table when the job starts.")
          .optionAlias("confirm.truncate");

  static final ConfigOption<Boolean> WRITE_IF_NOT_EXISTS =
      ConfigOption.of(
              "write.if-not-exists",
              OptionType.BOOLEAN,
              "false",
              "Writes only rows that are not there yet (`IF NOT EXISTS`), one row at a time for"
                  + " each partition.")
          .alias("output.ifNotExists");

  static final ConfigOption<String> WRITE_IF =
      ConfigOption.withoutDefault(
          "write.if",
          OptionType.TEXT,
          "Changes only rows of which this holds: what CQL allows after `IF`, for example `EXISTS`"
              + " or `version < :next`. `:name` is the value of that column of the data, which need"
              + " not be one of the table.");

  static final ConfigOption<NotApplied> WRITE_NOT_APPLIED =
      ConfigOption.of(
          "write.not-applied",
          OptionType.oneOf(NotApplied.class),
          "ignore",
          "What happens when the condition of a row does not hold: `ignore` counts it, `fail` fails"
              + " the task; a task that Spark repeats meets the rows that it wrote before.");

  static final ConfigOption<SerialConsistency> WRITE_SERIAL_CONSISTENCY =
      ConfigOption.of(
          "write.serial-consistency",
          OptionType.oneOf(SerialConsistency.class),
          "serial",
          "Consistency level by which replicas agree on conditional writes. Use the level of all"
              + " other programs that write the table conditionally.");

  static final ConfigOption<Boolean> WRITE_ALLOW_SPECULATION =
      ConfigOption.of(
          "write.allow-speculation",
          OptionType.BOOLEAN,
          "false",
          "Lets Spark run copies of tasks that add to counters or lists, although each copy adds"
              + " again.");

  static final ConfigOption<WriteDistribution> WRITE_DISTRIBUTION =
      ConfigOption.of(
          "write.distribution",
          OptionType.oneOf(WriteDistribution.class),
          "none",
          "What Spark does with the rows first: `partition_key` shuffles them so that rows of a"
              + " partition come together and share batches.");

  static final ConfigOption<RateLimit> WRITE_RATE_LIMIT =
      ConfigOption.withoutDefault(
          "write.rate-limit",
          OptionType.RATE,
          "Most rows, or bytes of values, that a job writes each second, all its tasks together:"
              + " `20000 rows` or `8m`. Divided equally over the tasks that may run at once.");

  static final ConfigOption<Boolean> CATALOG_ALLOW_DROP =
      ConfigOption.of(
          "catalog.allow-drop",
          OptionType.BOOLEAN,
          "false",
          "Whether SQL may drop keyspaces, tables and columns, with the data in them.");

  static final ConfigOption<Boolean> CATALOG_ALLOW_CQL =
      ConfigOption.of(
          "catalog.allow-cql",
          OptionType.BOOLEAN,
          "false",
          "Whether the procedure `system.cql` may run schema and role statements written in CQL"
              + " (Spark 4.0 and newer).");

  /** What names a table, then what reads and writes follow, in the order of the documentation. */
  private static final List<ConfigOption<?>> OF_TABLES =
      List.of(
          KEYSPACE,
          TABLE,
          READ_CONSISTENCY,
          READ_SPLIT_SIZE,
          READ_MIN_SPLITS,
          READ_MAX_SPLITS,
          READ_SIZE_HINT,
          READ_TOKEN_RANGES,
          READ_PUSHDOWN,
          READ_ALLOW_FILTERING,
          READ_MAX_KEYS,
          READ_RANGES_IN_FLIGHT,
          READ_KEYS_IN_FLIGHT,
          READ_PAGE_SIZE,
          READ_MAX_PAGE_SIZE,
          READ_BUFFER_SIZE,
          READ_PAGE_TIMEOUT,
          READ_RETRY_TIME,
          READ_HEDGING,
          READ_ON_TRUNCATE,
          READ_RATE_LIMIT,
          WRITE_CONSISTENCY,
          WRITE_BATCH_BYTES,
          WRITE_BATCH_ROWS,
          WRITE_IN_FLIGHT,
          WRITE_BUFFER_SIZE,
          WRITE_REQUEST_TIMEOUT,
          WRITE_RETRY_TIME,
          WRITE_OPERATION,
          WRITE_NULLS,
          WRITE_TTL,
          WRITE_TTL_COLUMN,
          WRITE_TIMESTAMP,
          WRITE_TIMESTAMP_COLUMN,
          WRITE_CELL_METADATA,
          CONFIRM_TRUNCATE,
          WRITE_IF_NOT_EXISTS,
          WRITE_IF,
          WRITE_NOT_APPLIED,
          WRITE_SERIAL_CONSISTENCY,
          WRITE_ALLOW_SPECULATION,
          WRITE_DISTRIBUTION,
          WRITE_RATE_LIMIT,
          CATALOG_ALLOW_DROP,
          CATALOG_ALLOW_CQL);

  /** Every option, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL =
      Stream.concat(ConnectionOptions.ALL.stream(), OF_TABLES.stream()).toList();

  /** Options named after a column start with this; the rest is the column, exactly as stored. */
  static final String DECIMAL_PREFIX = "decimal.";

  /** As {@link #DECIMAL_PREFIX}. */
  static final String COLLECTION_PREFIX = "write.collection.";

  private static @Nullable String zeroIsUnset(@Nullable String number) {
    return "0".equals(number) ? null : number;
  }

  private static String atMostTenMillion(@Nullable String keys) {
    try {
      return String.valueOf(Math.min(Long.parseLong(String.valueOf(keys)), MOST_KEYS));
    } catch (NumberFormatException malformed) {
      return String.valueOf(keys);
    }
  }

  private Options() {}
}
