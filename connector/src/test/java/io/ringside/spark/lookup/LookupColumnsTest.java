// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns can be joined, and what of them the result has. */
class LookupColumnsTest {
  private static final TableSpec TABLE =
      new TableSpec(
          "ks",
          "t",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("a", DataTypes.INT, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("b", DataTypes.TEXT, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("c", DataTypes.BIGINT, ColumnKind.CLUSTERING),
              ColumnSpec.of("d", DataTypes.DOUBLE, ColumnKind.CLUSTERING),
              ColumnSpec.of("v", DataTypes.TEXT, ColumnKind.REGULAR),
              ColumnSpec.of("V", DataTypes.TEXT, ColumnKind.REGULAR)));
  private static final StructType SCHEMA = TypeMapping.schema(TABLE, DecimalTypes.defaults());
  private static final StructType DATASET =
      StructType.fromDDL("x SHORT, y STRING, z INT, w BIGINT, d DOUBLE, Only STRING");

  private static LookupColumns of(String on, @Nullable String columns) {
    return LookupColumns.of(
        TABLE,
        SCHEMA,
        DATASET,
        new LookupRequest(
            JoinKind.INNER,
            LookupText.pairs(on),
            columns == null ? null : LookupText.columns(columns),
            null));
  }

  @Test
  void takesTheKeyInItsOrder() {
    LookupColumns columns = of("z = c, y = b, x = a", "v AS text");
    assertThat(columns.key().stream().map(key -> key.column().name()))
        .containsExactly("a", "b", "c");
    assertThat(columns.key().stream().map(KeyColumn::position)).containsExactly(0, 1, 2);
    assertThat(columns.answer().fieldNames()).containsExactly("v");
    assertThat(columns.names()).containsExactly("text");
    assertThat(columns.keyNames()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void givesTheOtherColumnsWhereNoneAreNamed() {
    StructType dataset = StructType.fromDDL("x INT, ONLY STRING");
    LookupColumns columns =
        LookupColumns.of(
            TABLE,
            SCHEMA,
            dataset,
            new LookupRequest(JoinKind.LEFT_SEMI, LookupText.pairs("x = A, only = b"), null, null));
    assertThat(columns.answer().fieldNames()).isEmpty();
    assertThat(columns.key().get(1).position()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = a | v AS t | the partition key is [a, b], all of which must be equal to columns",
        "x = a, y = b, z = d | v AS t | values of 'd', of CQL type double, that are equal in Spark",
        "x = a, y = b, d = d | v AS t | [d] of the table are neither its partition key nor its first",
        "w = a, y = b | v AS t | the Dataset's 'w' is of type bigint and the table's 'a' of int",
        "x = a, x = b | v AS t | the Dataset's 'x' is of type smallint and the table's 'b' of string",
        "x = a, z = a, y = b | v AS t | the table's column 'a' is named twice",
        "q = a, y = b | v AS t | the Dataset has no column 'q' but [x, y, z, w, d, Only]",
        "x = a, y = b | q | ks.t has no column 'q' but [a, b, c, d, v, V]",
        "x = a, y = b | v, V | the result would have two columns 'V'",
        "x = a, y = b | v AS only | the result would have two columns 'only'",
      })
  void saysWhatIsWrong(String on, String columns, String message) {
    assertThatThrownBy(() -> of(on, columns))
        .hasMessageStartingWith("Cannot look up ks.t: ")
        .hasMessageContaining(message)
        .hasMessageEndingWith("Correct the columns of the join. [INVALID_SCHEMA]");
  }
}
