// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.GeneratedDocument;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
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
          org.apache.spark.sql.types.DataTypes.TimestampNTZType);

  private static Map<DataType, String> types() {
    Map<DataType, String> types = new LinkedHashMap<>();
    types.put(DataTypes.ASCII, "");
    types.put(DataTypes.BIGINT, "");
    types.put(DataTypes.BLOB, "");
    types.put(DataTypes.BOOLEAN, "");
    types.put(DataTypes.COUNTER, "cannot be written");
    types.put(DataTypes.DATE, "");
    types.put(
        DataTypes.DECIMAL,
        "precision and scale by the option `decimal.<column>`; a value that does not fit is an error");
    types.put(DataTypes.DOUBLE, "");
    types.put(DataTypes.DURATION, "text such as `1y2mo3d4h5m6s`");
    types.put(DataTypes.FLOAT, "");
    types.put(DataTypes.INET, "the address, never a host name");
    types.put(DataTypes.INT, "");
    types.put(DataTypes.SMALLINT, "");
    types.put(DataTypes.TEXT, "");
    types.put(DataTypes.TIME, "nanoseconds of the day");
    types.put(
        DataTypes.TIMESTAMP, "Cassandra keeps milliseconds: microseconds are cut towards the past");
    types.put(DataTypes.TIMEUUID, "36 characters");
    types.put(DataTypes.TINYINT, "");
    types.put(DataTypes.UUID, "36 characters");
    types.put(DataTypes.VARINT, "precision by the option `decimal.<column>`");
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

            Every type has its null. A value that the other side cannot hold without loss is an error that names the column. A
            column of another type (custom classes) is left out of the table's schema, with a warning.

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
    return text.toString();
  }

  private static List<String> writableFrom(ColumnSpec column) {
    List<String> sources = new ArrayList<>();
    for (var source : SOURCES) {
      try {
        CellEncoders.of(column, source);
        sources.add("`" + source.catalogString() + "`");
      } catch (ConnectorException unwritable) {
        // Not a source of this type.
      }
    }
    return sources;
  }
}
