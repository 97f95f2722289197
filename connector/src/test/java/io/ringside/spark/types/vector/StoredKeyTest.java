// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.cql.TypeParser;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows whose key could not be written again from its value are not changed. */
class StoredKeyTest {
  private static RowVector row(String type, ColumnKind kind, @Nullable String bytes) {
    ColumnSpec column = ColumnSpec.of("k", TypeParser.parse(type, name -> null), kind);
    var sparkType = TypeMapping.sparkType(column, DecimalTypes.defaults());
    CellVector cells = CellVectors.of(column, sparkType);
    ByteBuffer cell = bytes == null ? null : ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
    cells.reset(CellIndex.of(RowsEncoder.encode(cell)), 0);
    return new RowVector(
        new StructType().add("k", sparkType),
        new ColumnVector[] {cells},
        List.of(new StoredKey(column, cells)));
  }

  @ParameterizedTest
  @CsvSource({
    "varint, 05",
    "varint, 00",
    "varint, ff",
    "varint, 0080",
    "varint, ff7f",
    "boolean, 00",
    "boolean, 01",
    "float, 7fc00000",
    "float, 80000000",
    "double, 7ff8000000000000",
    "int, 00000005",
    "text, ''",
    "blob, ''"
  })
  void changesARowWithTheUsualBytes(String type, String bytes) {
    assertThat(row(type, ColumnKind.PARTITION_KEY, bytes).isNullAt(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "varint, 0005",
    "varint, fff0",
    "varint, 000000",
    "boolean, 02",
    "boolean, ff",
    "float, ffc00000",
    "double, fff8000000000000",
    "double, 7ff8000000000001"
  })
  void refusesAPartitionKeyInOtherBytes(String type, String bytes) {
    assertThatThrownBy(() -> row(type, ColumnKind.PARTITION_KEY, bytes).isNullAt(0))
        .hasMessageContaining(
            "Cannot change a row: its key column 'k' is stored in other bytes than those that are"
                + " written for its value");
    assertThat(row(type, ColumnKind.CLUSTERING, bytes).isNullAt(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "boolean",
    "int",
    "bigint",
    "varint",
    "decimal",
    "float",
    "double",
    "timestamp",
    "uuid",
    "inet"
  })
  void refusesAKeyWithoutBytes(String type) {
    for (ColumnKind kind : List.of(ColumnKind.PARTITION_KEY, ColumnKind.CLUSTERING)) {
      assertThatThrownBy(() -> row(type, kind, "").isNullAt(0))
          .hasMessageContaining("key column 'k' is stored without bytes, which Spark sees as null");
    }
    assertThat(row(type, ColumnKind.CLUSTERING, null).isNullAt(0)).isFalse();
  }
}
