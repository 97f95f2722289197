// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import io.ringside.spark.GeneratedDocument;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.encode.CellEncoders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/types.md} equal to the mapping; {@code -Dupdate-docs} writes it. */
class TypesDocumentTest {
  private static final List<org.apache.spark.sql.types.DataType> SOURCES =
      List.of(
          org.apache.spark.sql.types.DataTypes.BooleanType,
          org.apache.spark.sql.types.DataTypes.ByteType,
          org.apache.spark.sql.types.DataTypes.ShortType,
          org.apache.spark.sql.types.DataTypes.IntegerType,
          org.apache.spark.sql.types.DataTypes.LongType,
          org.apache.spark.sql.types.DataTypes.FloatType,
          org.apache.spark.sql.types.DataTypes.DoubleType,
          org.apache.spark.sql.types.DataTypes.createDecimalType(38, 0),
          org.apache.spark.sql.types.DataTypes.createDecimalType(38, 18),
          org.apache.spark.sql.types.DataTypes.StringType,
          org.apache.spark.sql.types.DataTypes.BinaryType,
          org.apache.spark.sql.types.DataTypes.DateType,
          org.apache.spark.sql.types.DataTypes.TimestampType,
          org.apache.spark.sql.types.DataTypes.TimestampNTZType,
          org.apache.spark.sql.types.DataTypes.createYearMonthIntervalType(),
          org.apache.spark.sql.types.DataTypes.createDayTimeIntervalType(),
          org.apache.spark.sql.types.DataTypes.CalendarIntervalType);

  private static Map<DataType, String> types() {
    Map<DataType, String> types = new LinkedHashMap<>();
    types.put(DataTypes.ASCII, "");
    types.put(DataTypes.BIGINT, "");
    types.put(DataTypes.BLOB, "");
    types.put(DataTypes.BOOLEAN, "");
    types.put(DataTypes.COUNTER, "added to, in tables of counters");
    types.put(DataTypes.DATE, "");
    types.put(
        DataTypes.DECIMAL,
        "precision and scale by the option `decimal.<column>`; a value that does not fit is an"
            + " error");
    types.put(DataTypes.DOUBLE, "");
    types.put(
        DataTypes.DURATION,
        "text such as `1y2mo3d4h5m6s`; of an interval, each 24 hours are a day, and parts of"
            + " different signs are an error");
    types.put(DataTypes.FLOAT, "");
    types.put(DataTypes.INET, "the address in one spelling, see below; never a host name");
    types.put(DataTypes.INT, "");
    types.put(DataTypes.SMALLINT, "");
    types.put(DataTypes.TEXT, "");
    types.put(
        DataTypes.TIME,
        "nanoseconds of the day; also written from the `TIME` of Spark 4.1 and newer");
    types.put(
        DataTypes.TIMESTAMP,
        "Cassandra keeps milliseconds: microseconds are cut towards the past. A `timestamp_ntz` is"
            + " a local time of the session's time zone");
    types.put(DataTypes.TIMEUUID, "36 characters in lower case");
    types.put(DataTypes.TINYINT, "");
    types.put(DataTypes.UUID, "36 characters in lower case");
    types.put(DataTypes.VARINT, "precision by the option `decimal.<column>`");
    return types;
  }

  private static Map<DataType, String> nestedTypes() {
    DataType person =
        new UserDefinedTypeBuilder(CqlIdentifier.fromCql("ks"), CqlIdentifier.fromCql("person"))
            .withField(CqlIdentifier.fromCql("name"), DataTypes.TEXT)
            .withField(CqlIdentifier.fromCql("age"), DataTypes.INT)
            .build();
    Map<DataType, String> types = new LinkedHashMap<>();
    types.put(DataTypes.listOf(DataTypes.INT), "");
    types.put(
        DataTypes.setOf(DataTypes.INT),
        "read in Cassandra's order; what is written twice is there once");
    types.put(
        DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT),
        "keys that would become one key, such as parts of a millisecond, are an error");
    types.put(
        DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT),
        "written by position, from a struct with as many fields of any names");
    types.put(
        person,
        "a user-defined type `person`; written by field name, of any case, and a field that the"
            + " struct does not have is null");
    types.put(DataTypes.vectorOf(DataTypes.FLOAT, 3), "an array of another length is an error");
    return types;
  }

  @Test
  void documentHoldsTheMapping() throws IOException {
    GeneratedDocument.check("types.md", document());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Types

            Written from the mapping by `mvn -pl connector test -Dtest=TypesDocumentTest -Dupdate-docs`; do not edit.

            Every type has its null. A value that the other side cannot hold without loss is an error that names the column; values of other types than these
            are [converted](#conversions) where they fit. A column of another type (custom classes) is left out of the table's schema, with a warning.

            | CQL | read as | written from | |
            |---|---|---|---|
            """);
    types()
        .forEach(
            (type, note) -> {
              ColumnSpec column = ColumnSpec.of("c", type, ColumnKind.REGULAR);
              text.append(
                  "| `%s` | `%s` | %s | %s |\n"
                      .formatted(
                          type.asCql(true, true),
                          TypeMapping.sparkType(column, DecimalTypes.defaults()).catalogString(),
                          String.join(", ", writableFrom(column)),
                          note));
            });
    // Spark lets no column of a DataFrame that is written be an interval of months, days and
    // micros.
    text.append(
        ConversionsDocument.section(types().keySet(), SOURCES.subList(0, SOURCES.size() - 1)));
    text.append(
        """

        ## UUID and inet as texts

        Spark compares texts, so each value has one: a UUID 36 characters in lower case, an IPv4 address four numbers, an IPv6 address eight groups without leading zeros and without `::`
        (`2001:db8:0:0:0:0:0:1`). Any spelling may be written. But a condition or a join with another spelling, such as `'2001:db8::1'` or a UUID in capital letters, is true for no row, and
        `MERGE` then takes the row as not there; for a literal there is a warning. An IPv4 address that is stored mapped into IPv6, which CQL writes from bytes alone, is another value than
        the IPv4 address: `0:0:0:0:0:ffff:102:304`, and that spelling writes it.

        ## Cells without bytes

        Cassandra accepts a value without bytes for `boolean`, `int`, `bigint`, `varint`, `decimal`, `float`, `double`, `timestamp`, `uuid`, `timeuuid` and `inet` (`blob_as_int(0x)` in CQL), in keys too. It
        is null in Spark, so key columns of these types are nullable, unless one is the whole partition key. `UPDATE`, `DELETE` and `MERGE` refuse to change a row with such a key.

        ## Types made of others

        They nest to any depth, frozen or not, and hold every type above but `counter`. What is written as a scalar may be written inside of
        them from the same Spark types.

        | CQL | read as | |
        |---|---|---|
        """);
    nestedTypes()
        .forEach(
            (type, note) ->
                text.append(
                    "| `%s` | `%s` | %s |\n"
                        .formatted(
                            type.asCql(false, true).replace("ks.", ""),
                            TypeMapping.sparkType(
                                    ColumnSpec.of("c", type, ColumnKind.REGULAR),
                                    DecimalTypes.defaults())
                                .catalogString(),
                            note)));
    text.append(
        """

        - **Null and empty.** Cassandra has no empty list, set or map outside of `frozen<…>`: an empty one is written and read back as null. A tuple or a
          user-defined type may have null fields; a collection or a vector cannot hold null, and writing one is an error that names the column.
          `write.nulls` is about whole columns: a null field of a struct is null in the cell.
        - **Replaced as a whole.** A collection or a user-defined type that is written takes the place of the one before. Where it is not frozen,
          Cassandra does that with a range tombstone in each row.
        - **Fields.** A query that asks for some fields of a struct decodes those alone; Cassandra sends the column whole. A value from before a field was
          added to its type has null for it.
        - **Decimals.** The option `decimal.<column>` holds for every `decimal` and `varint` inside of its column.
        - **Conditions** on collections, tuples, user-defined types, vectors and what is inside of them are evaluated by Spark, as Spark hands a source no
          `array_contains` (3.5 to 4.2): an index on a collection is not used. Equality of UUIDs and addresses is evaluated by Cassandra; their order,
          `timeuuid` included, by Spark, which has them as text.
        - **Timestamps without a time zone.** A `TIMESTAMP_NTZ` becomes the same instant whether `format("cassandra")` or a catalog writes it: the one that Spark's
          cast to `TIMESTAMP` makes, by `spark.sql.session.timeZone`. A time that the zone's clocks skip is later by what they skip; of one that they show twice, it
          is the first. `write.time-zone=UTC` takes them as UTC in `format("cassandra")`; in a catalog, Spark has cast them before the connector sees them.
        - **Ranges.** Spark has dates and timestamps of the years 1 to 9999 in its functions; those of Cassandra go far beyond. A timestamp beyond what 64 bits
          of microseconds hold (292,277 years from 1970) is an error when read.
        """);
    return text.toString();
  }

  private static List<String> writableFrom(ColumnSpec column) {
    List<String> sources = new ArrayList<>();
    for (var source : SOURCES) {
      try {
        CellEncoders.of(column, source);
        sources.add("`" + source.catalogString() + "`");
      } catch (InvalidInputException | UnsupportedException unwritable) {
        // Not a source of this type.
      }
    }
    return sources;
  }
}
