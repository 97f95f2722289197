// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart with files of any columns. */
class CsvTableIT {
  @TempDir Path directory;

  @BeforeAll
  static void makeKeyspace() {
    Cassandra.keyspace("csv");
  }

  private CsvTable file(String text, String... key) throws IOException {
    Path file = Files.writeString(directory.resolve("input.csv"), text);
    return CsvTable.read(Spark.SESSION, file.toString(), List.of(key));
  }

  private static void assertStored(CsvTable file, String name) {
    file.create("cass.csv." + name);
    Dataset<Row> table = Spark.SESSION.table("cass.csv." + name);
    assertThat(file.differences(table)).isZero();
    assertThat(file.withFirstKey(table).collectAsList()).hasSize(1);
  }

  @Test
  void takesTheFirstColumnThatTellsRowsApart() throws IOException {
    CsvTable file =
        file(
            """
            Airport Name,Cost Total $,iata,opened
            North,1.5,NOR,1950-01-31
            North,,NO2,
            South,2.5,SOU,1999-12-31
            """);
    assertThat(file.key()).containsExactly("iata");
    assertThat(file.rows().schema().toDDL())
        .contains("`Cost Total $` DOUBLE", "iata STRING", "opened DATE");
    assertStored(file, "airports");
  }

  @Test
  void takesTheFewestFirstColumnsThatDoItTogether() throws IOException {
    CsvTable file =
        file(
            """
            Station Id,at,kind,value
            1,2026-01-31T10:00:00Z,rain,0.5
            1,2026-01-31T10:00:00Z,wind,3
            1,2026-01-31T11:00:00Z,rain,
            2,2026-01-31T10:00:00Z,rain,0.5
            """);
    assertThat(file.key()).containsExactly("Station Id", "at", "kind");
    assertStored(file, "weather");
  }

  @Test
  void numbersRowsThatNothingTellsApart() throws IOException {
    CsvTable file =
        file(
            """
            a,b
            1,x
            1,x
            ,
            """);
    assertThat(file.key()).containsExactly("row");
    assertStored(file, "same");
  }

  @Test
  void takesTheKeyThatIsGivenOrSaysWhyNot() throws IOException {
    String text =
        """
        a,b,c
        1,x,2
        2,x,
        3,y,2
        """;
    CsvTable file = file(text, "b", "a");
    assertThat(file.key()).containsExactly("b", "a");
    assertStored(file, "given");
    assertThatThrownBy(() -> file(text, "b"))
        .hasMessageContaining("rows have the same [b], or none. Name more columns by -Dkey.");
    assertThatThrownBy(() -> file(text, "a", "c"))
        .hasMessageContaining("rows have the same [a, c], or none.");
    assertThatThrownBy(() -> file(text, "d"))
        .hasMessageContaining("its columns are [a, b, c], and the key is [d]. Correct -Dkey.");
  }
}
