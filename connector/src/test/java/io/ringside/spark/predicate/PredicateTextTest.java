// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Literals in EXPLAIN look as they do in SQL. */
class PredicateTextTest {
  static Stream<Arguments> literals() {
    return Stream.of(
        Arguments.of(7, DataTypes.IntegerType, "7"),
        Arguments.of(7L, DataTypes.LongType, "7"),
        Arguments.of(UTF8String.fromString("a"), DataTypes.StringType, "'a'"),
        Arguments.of(null, DataTypes.StringType, "NULL"),
        Arguments.of(new byte[] {1, -1}, DataTypes.BinaryType, "X'01ff'"),
        Arguments.of(19_723, DataTypes.DateType, "DATE '2024-01-01'"),
        Arguments.of(
            1_704_070_800_000_000L, DataTypes.TimestampType, "TIMESTAMP '2024-01-01T01:00:00Z'"),
        Arguments.of(-1L, DataTypes.TimestampType, "TIMESTAMP '1969-12-31T23:59:59.999999Z'"),
        Arguments.of(0L, DataTypes.TimestampNTZType, "TIMESTAMP_NTZ '1970-01-01T00:00'"));
  }

  @ParameterizedTest
  @MethodSource("literals")
  void showsValuesAsSqlHasThem(Object value, DataType type, String text) {
    Predicate predicate =
        new Predicate(
            ">", new Expression[] {Expressions.column("c"), new LiteralValue<>(value, type)});
    assertThat(PredicateText.of(List.of(predicate))).isEqualTo("[c > " + text + "]");
  }
}
