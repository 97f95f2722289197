// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class CqlTypeTest {
  @Test
  void travelsWithVectorsAtAnyDepth() throws IOException, ClassNotFoundException {
    DataType vector = DataTypes.vectorOf(DataTypes.FLOAT, 3);
    List<DataType> types =
        List.of(
            DataTypes.INT,
            vector,
            DataTypes.listOf(vector),
            DataTypes.mapOf(DataTypes.TEXT, DataTypes.setOf(vector)),
            DataTypes.tupleOf(DataTypes.INT, vector));
    for (DataType type : types) {
      assertThat(copy(new CqlType(type)).type().asCql(true, true))
          .isEqualTo(type.asCql(true, true));
    }
  }

  private static CqlType copy(CqlType type) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(type);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (CqlType) in.readObject();
    }
  }
}
