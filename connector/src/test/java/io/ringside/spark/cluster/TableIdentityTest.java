// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableIdentityTest {
  private static final UserDefinedType STREET =
      new UserDefinedTypeBuilder("ks", "place").withField("street", DataTypes.TEXT).build();

  private static final UserDefinedType STREET_AND_CITY =
      new UserDefinedTypeBuilder("ks", "place")
          .withField("street", DataTypes.TEXT)
          .withField("city", DataTypes.TEXT)
          .build();

  private static DataType type(String name) {
    return switch (name) {
      case "int" -> DataTypes.INT;
      case "blob" -> DataTypes.BLOB;
      case "list<int>" -> DataTypes.listOf(DataTypes.INT);
      case "list<blob>" -> DataTypes.listOf(DataTypes.BLOB);
      case "set<int>" -> DataTypes.setOf(DataTypes.INT);
      case "map<int;blob>" -> DataTypes.mapOf(DataTypes.INT, DataTypes.BLOB);
      case "map<int;int>" -> DataTypes.mapOf(DataTypes.INT, DataTypes.INT);
      case "tuple<int>" -> DataTypes.tupleOf(DataTypes.INT);
      case "tuple<int;int>" -> DataTypes.tupleOf(DataTypes.INT, DataTypes.INT);
      case "short" -> STREET;
      case "long" -> STREET_AND_CITY;
      case "list<short>" -> DataTypes.listOf(STREET);
      case "list<long>" -> DataTypes.listOf(STREET_AND_CITY);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    // now, planned, readable
    "int, int, true",
    "blob, int, false",
    "list<int>, list<int>, true",
    "list<blob>, list<int>, false",
    "set<int>, list<int>, false",
    "map<int;int>, map<int;int>, true",
    "map<int;blob>, map<int;int>, false",
    "tuple<int>, tuple<int>, true",
    "tuple<int;int>, tuple<int>, false",
    "long, short, true",
    "short, long, false",
    "list<long>, list<short>, true",
    "list<short>, list<long>, false"
  })
  void readsCellsOfTheSameTypeOrOfOneWithMoreFields(String now, String planned, boolean readable) {
    assertThat(TableIdentity.isReadableAs(type(now), type(planned))).isEqualTo(readable);
  }

  @Test
  void doesNotReadATypeWithOtherFields() {
    UserDefinedType other =
        new UserDefinedTypeBuilder("ks", "place").withField("street", DataTypes.INT).build();
    assertThat(TableIdentity.isReadableAs(other, STREET)).isFalse();
  }
}
