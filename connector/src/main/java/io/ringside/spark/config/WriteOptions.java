// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of the registry that says how tables are written. */
final class WriteOptions {
  /** Cassandra's bound: 20 years. */
  private static final int MOST_TTL_SECONDS = 630_720_000;

  private static final String TABLE_DEFAULT = "0 is the table's default";
  private static final String JOB_START = "0 is the job's start, SCC's the time of each request";
  private static final String TTL_DIFFERENCE =
      "a number, or the name of a column of the data; " + TABLE_DEFAULT;
  private static final String TIME_DIFFERENCE =
      "a number, or the name of a column of the data; " + JOB_START;
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

  private static final OptionGroup GROUP = new OptionGroup();

  static final ConfigOption<ConsistencyLevel> CONSISTENCY =
      GROUP.add(
          ConfigOption.of(
                  "write.consistency",
                  OptionType.oneOf(ConsistencyLevel.class),
                  "local_quorum",
                  "Consistency level of writes.")
              .alias("output.consistency.level"));

  static final ConfigOption<Long> BATCH_BYTES =
      GROUP.add(
          ConfigOption.of(
                  "write.batch-bytes",
                  OptionType.SIZE,
                  "4k",
                  "A batch of one partition is sent when its values take so many bytes. Servers"
                      + " warn above 5 KB by default.")
              .alias("output.batch.size.bytes"));

  static final ConfigOption<Integer> BATCH_ROWS =
      GROUP.add(
          ConfigOption.of(
                  "write.batch-rows",
                  OptionType.integer(1, 10_000),
                  "64",
                  "A batch of one partition is sent when it has so many rows.")
              .alias(
                  value -> value.equalsIgnoreCase("auto") ? null : value,
                  "`auto` is the default",
                  "output.batch.size.rows"));

  static final ConfigOption<Integer> IN_FLIGHT =
      GROUP.add(
          ConfigOption.of(
                  "write.in-flight",
                  OptionType.integer(1, 1024),
                  "64",
                  "Requests that a task has under way at most. Fewer when servers are overloaded.")
              .alias("output.concurrent.writes"));

  static final ConfigOption<Long> BUFFER_SIZE =
      GROUP.add(
          ConfigOption.of(
              "write.buffer-size",
              OptionType.SIZE,
              "24m",
              "Memory of rows that wait in a task for others of their partition, and again of"
                  + " requests that are under way."));

  static final ConfigOption<Duration> REQUEST_TIMEOUT =
      GROUP.add(
          ConfigOption.of(
                  "write.request-timeout", OptionType.DURATION, "12s", "Time for one batch or row.")
              .alias(
                  value -> value + "ms",
                  "in milliseconds; each try of a request, reads and writes alike",
                  "read.timeoutMS",
                  "read.timeout_ms"));

  static final ConfigOption<Duration> RETRY_TIME =
      GROUP.add(
          ConfigOption.of(
              "write.retry-time",
              OptionType.DURATION,
              "5m",
              "How long a batch is tried again after a failure that may pass."));

  static final ConfigOption<NullHandling> NULLS =
      GROUP.add(
          ConfigOption.of(
                  "write.nulls",
                  OptionType.oneOf(NullHandling.class),
                  "unset",
                  "What a null does: `unset` leaves the cell as it is, `tombstone` deletes it.")
              .alias(
                  value -> Boolean.parseBoolean(value) ? "unset" : "tombstone",
                  "unset is the default here, SCC's is to delete",
                  "output.ignoreNulls"));

  static final ConfigOption<WriteConversion> CONVERSION =
      GROUP.add(
          ConfigOption.of(
              "write.conversion",
              OptionType.oneOf(WriteConversion.class),
              "by_value",
              "What becomes of a value whose Spark type is not its column's: `by_value` converts it if"
                  + " it fits and fails the job if it does not, `strict` refuses the types before any"
                  + " row is written. Which types: [conversions](types.md#conversions)."));

  static final ConfigOption<ZoneId> TIME_ZONE =
      GROUP.add(
          ConfigOption.of(
              "write.time-zone",
              OptionType.TIME_ZONE,
              "UTC",
              "Time zone in which a `TIMESTAMP_NTZ` of the data becomes an instant. Without it,"
                  + " that of the Spark session, `spark.sql.session.timeZone`, as in Spark's own"
                  + " casts."));

  static final ConfigOption<Integer> TTL =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "write.ttl",
                  OptionType.integer(0, MOST_TTL_SECONDS),
                  "Time to live of the written cells in seconds; 0 for cells that stay. Without it,"
                      + " the table's default.")
              .alias(WriteOptions::zeroIsUnset, TABLE_DEFAULT, "output.ttl")
              .optionAlias("ttl", value -> zeroIsUnset(number(value)), TTL_DIFFERENCE));

  static final ConfigOption<String> TTL_COLUMN =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "write.ttl-column",
                  OptionType.TEXT,
                  "Column of the data, of a whole-number type, that holds each row's time to live"
                      + " in seconds. It is not written itself; where it is null, `write.ttl`"
                      + " counts.")
              .optionAlias("ttl", WriteOptions::column, TTL_DIFFERENCE));

  static final ConfigOption<WriteTimestamp> TIMESTAMP =
      GROUP.add(
          ConfigOption.of(
                  "write.timestamp",
                  OptionType.WRITE_TIMESTAMP,
                  "job",
                  "Write time of the cells: `job` counts from the job's start, so that retries and"
                      + " speculation change nothing and the last row of a key in a task wins;"
                      + " `server` leaves it to the coordinators; microseconds since the epoch are"
                      + " the time of all cells. Counters and conditional writes always get the"
                      + " server's.")
              .alias(WriteOptions::zeroIsUnset, JOB_START, "output.timestamp")
              .optionAlias("writetime", value -> zeroIsUnset(number(value)), TIME_DIFFERENCE));

  static final ConfigOption<String> TIMESTAMP_COLUMN =
      GROUP.add(
          ConfigOption.withoutDefault(
                  "write.timestamp-column",
                  OptionType.TEXT,
                  "Column of the data, a timestamp or microseconds since the epoch as BIGINT, that"
                      + " holds each row's write time. It is not written itself; where it is null,"
                      + " `write.timestamp` counts.")
              .optionAlias("writetime", WriteOptions::column, TIME_DIFFERENCE));

  static final ConfigOption<Boolean> CELL_METADATA =
      GROUP.add(
          ConfigOption.of(
              "write.cell-metadata",
              OptionType.BOOLEAN,
              "false",
              "Gives each cell its own write time and time to live: every column `c` of the data"
                  + " outside of the primary key then has `_writetime_c` and `_ttl_c` beside it, as"
                  + " a read gives them. `_read_time` says from when the seconds count. See"
                  + " docs/copying.md."));

  static final ConfigOption<Boolean> IF_NOT_EXISTS =
      GROUP.add(
          ConfigOption.of(
                  "write.if-not-exists",
                  OptionType.BOOLEAN,
                  "false",
                  "Writes only rows that are not there yet (`IF NOT EXISTS`), one row at a time for"
                      + " each partition.")
              .alias("output.ifNotExists"));

  static final ConfigOption<String> IF =
      GROUP.add(
          ConfigOption.withoutDefault(
              "write.if",
              OptionType.TEXT,
              "Changes only rows of which this holds: what CQL allows after `IF`, for example"
                  + " `EXISTS` or `version < :next`. `:name` is the value of that column of the"
                  + " data, which need not be one of the table."));

  static final ConfigOption<NotApplied> NOT_APPLIED =
      GROUP.add(
          ConfigOption.of(
              "write.not-applied",
              OptionType.oneOf(NotApplied.class),
              "ignore",
              "What happens when the condition of a row does not hold: `ignore` counts it, `fail`"
                  + " fails the task; a task that Spark repeats meets the rows that it wrote"
                  + " before."));

  static final ConfigOption<SerialConsistency> SERIAL_CONSISTENCY =
      GROUP.add(
          ConfigOption.of(
              "write.serial-consistency",
              OptionType.oneOf(SerialConsistency.class),
              "serial",
              "Consistency level by which replicas agree on conditional writes. Use the level of"
                  + " all other programs that write the table conditionally."));

  /** These options, in the order of the documentation. */
  static final List<ConfigOption<?>> ALL = GROUP.all();

  private WriteOptions() {}

  /** The DataStax connector takes a number, or else the name of a column. */
  private static boolean isNumber(@Nullable String value) {
    return value == null || NUMBER.matcher(value.strip()).matches();
  }

  private static @Nullable String number(@Nullable String value) {
    return isNumber(value) ? value : null;
  }

  private static @Nullable String column(@Nullable String value) {
    return isNumber(value) ? null : value;
  }

  private static @Nullable String zeroIsUnset(@Nullable String number) {
    return "0".equals(number) ? null : number;
  }
}
