// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.DecimalTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class TokenFunctionTest {
  private static ColumnSpec key(com.datastax.oss.driver.api.core.type.DataType type) {
    return ColumnSpec.of("k", type, ColumnKind.PARTITION_KEY);
  }

  private static Object token(TokenFunction function, String types, Object... values) {
    ScalarFunction<?> bound = (ScalarFunction<?>) function.bind(StructType.fromDDL(types));
    return bound.produceResult(new GenericInternalRow(values));
  }

  @Test
  void takesValuesWhoseTypeTellsTheirBytes() {
    // As SELECT token(…) of Cassandra tells it.
    assertThat(token(TokenFunction.ofValues(), "a INT", 1)).isEqualTo(-4069959284402364209L);
    assertThat(token(TokenFunction.ofValues(), "a BIGINT", 1L)).isEqualTo(6292367497774912474L);
    assertThat(token(TokenFunction.ofValues(), "a INT", new Object[] {null})).isNull();
  }

  @Test
  void refusesValuesWhoseTypeDoesNot() {
    for (String type : List.of("STRING", "DECIMAL(10,2)", "ARRAY<INT>", "STRUCT<a: INT>")) {
      assertThatThrownBy(() -> TokenFunction.ofValues().bind(StructType.fromDDL("a " + type)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("use the column _token");
    }
    assertThatThrownBy(() -> TokenFunction.ofValues().bind(new StructType()))
        .hasMessageContaining("Cannot call token with 0 arguments");
  }

  @Test
  void takesTheKeyOfATable() {
    TokenFunction function =
        TokenFunction.ofKey(
            List.of(key(DataTypes.UUID), key(DataTypes.TEXT)), DecimalTypes.defaults());
    UTF8String uuid = UTF8String.fromString("00000000-0000-0000-0000-000000000001");
    Object asUuid = token(function, "a STRING, b STRING", uuid, UTF8String.fromString("x"));
    TokenFunction texts =
        TokenFunction.ofKey(
            List.of(key(DataTypes.TEXT), key(DataTypes.TEXT)), DecimalTypes.defaults());
    assertThat(asUuid)
        .isNotNull()
        .isNotEqualTo(token(texts, "a STRING, b STRING", uuid, UTF8String.fromString("x")));
    assertThatThrownBy(() -> function.bind(StructType.fromDDL("a STRING")))
        .hasMessageContaining("with 1 arguments: the partition key has 2 columns");
    assertThatThrownBy(
            () ->
                TokenFunction.ofKey(List.of(key(DataTypes.DECIMAL)), DecimalTypes.defaults())
                    .bind(StructType.fromDDL("a DECIMAL(10,2)")))
        .hasMessageContaining("CQL type decimal does not determine its bytes in Spark");
  }

  @Test
  void goesToExecutors() throws IOException, ClassNotFoundException {
    var bound = (ScalarFunction<?>) TokenFunction.ofValues().bind(StructType.fromDDL("a INT"));
    Object before = bound.produceResult(new GenericInternalRow(new Object[] {1}));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(bound);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var copy = (ScalarFunction<?>) in.readObject();
      assertThat(copy).isEqualTo(bound).hasSameHashCodeAs(bound);
      assertThat(copy.produceResult(new GenericInternalRow(new Object[] {1}))).isEqualTo(before);
    }
  }
}
