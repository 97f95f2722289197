// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataType;
import io.ringside.spark.config.RowConfig;
import io.ringside.spark.config.RowConfigFixture;
import io.ringside.spark.config.WriteConversion;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoders;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.AnsiIntervalType;

/** The part of {@code docs/types.md} that says which values are converted to which types. */
final class ConversionsDocument {
  private static final RowConfig CONVERTING =
      RowConfigFixture.of(WriteConversion.BY_VALUE, ZoneOffset.UTC);

  private ConversionsDocument() {}

  /** The section, of pairs of these types. */
  static String section(
      Collection<DataType> targets, List<org.apache.spark.sql.types.DataType> sources) {
    StringBuilder text =
        new StringBuilder(
            """

            ## Conversions

            A value of another type is converted if it fits, whatever the other values of its column are: `write.conversion=strict` refuses such types before any row is written. A value that does
            not fit fails the job with an error that names the column and the types. `=` is a type that is written as it is, `yes` one that is converted by `format("cassandra")` and in a
            catalog, `format` one that is converted by `format("cassandra")` alone: in statements on a catalog's tables Spark asks for a cast, and makes texts of another form of intervals.

            | CQL |""");
    sources.forEach(source -> text.append(" `%s` |".formatted(source.catalogString())));
    text.append("\n|---|").append("---|".repeat(sources.size())).append('\n');
    for (DataType target : targets) {
      text.append("| `%s` |".formatted(target.asCql(true, true)));
      text.append(
          sources.stream()
              .map(source -> " " + mark(target, source) + " |")
              .collect(Collectors.joining()));
      text.append('\n');
    }
    return text.append(
            """

            - **Whole numbers** stay exact: a fraction, a number outside of the type's range, and a `bigint` with more digits than a `double` keeps do not fit. In a catalog Spark casts first, and its
              cast cuts fractions off and rounds such a `bigint`.
            - **Floating point** is the nearest that there is; a number that would become infinite does not fit. A `decimal` column takes a `double` with the digits that Spark shows, and in a
              catalog with as many as the column's Spark type has.
            - **Texts** are read as Spark's ANSI cast reads them: `' 7 '` is a number, `'7.5'` no `int`, `'yes'` is true, `'2026-01-31 12:00:00'` a timestamp of the session's time zone, and a time is
              `'12:00:00.5'`.
            - **To text** each value becomes what Spark's cast to `string` makes of it. Binary values, intervals, collections and structs have no single text.
            - **Dates and timestamps**: a date is its first moment in the session's time zone (`write.time-zone`), a timestamp is of the day that it is there.
            - **Numbers and timestamps** are not converted, as a number does not say what it counts: `timestamp_seconds`, `timestamp_millis` and `timestamp_micros` do. Spark's `CAST` takes seconds.
            - **Inside** of collections, tuples, user-defined types and vectors, the same holds for each value. Keys of a map that become one key are an error.
            - **Keys** are converted too, also by `write.operation=delete`; decimals in a partition key need `decimal.<column>` as ever. `UPDATE`, `DELETE` and `MERGE` get what Spark casts.
            """)
        .toString();
  }

  private static String mark(DataType target, org.apache.spark.sql.types.DataType source) {
    ColumnSpec column = ColumnSpec.of("c", target, ColumnKind.REGULAR);
    if (source instanceof AnsiIntervalType && writes(() -> CellEncoders.of(column, source))) {
      return "format";
    } else if (writes(() -> CellEncoders.of(column, source))) {
      return "=";
    } else if (!writes(() -> CellEncoders.of(column, source, CONVERTING))) {
      return "";
    }
    return Cast.canANSIStoreAssign(source, TypeMapping.sparkType(column, DecimalTypes.defaults()))
        ? "yes"
        : "format";
  }

  private static boolean writes(Runnable encoder) {
    try {
      encoder.run();
      return true;
    } catch (InvalidInputException | UnsupportedException unwritable) {
      return false;
    }
  }
}
