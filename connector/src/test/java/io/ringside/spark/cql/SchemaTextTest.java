// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types, maps and clustering keys as texts of schema statements. */
class SchemaTextTest {
  private static final Map<CqlIdentifier, UserDefinedType> USER_TYPES =
      Map.of(
          CqlIdentifier.fromInternal("address"), udt("address"),
          CqlIdentifier.fromInternal("A \"b\""), udt("A \"b\""));

  private static UserDefinedType udt(String name) {
    return new UserDefinedTypeBuilder(
            CqlIdentifier.fromInternal("ks"), CqlIdentifier.fromInternal(name))
        .withField("street", DataTypes.TEXT)
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          int                                   | int
          VarChar                               | text
          timeuuid                              | timeuuid
          list<text>                            | list<text>
          ` set < frozen<list<uuid>> > `        | set<frozen<list<uuid>>>
          set<list<uuid>>                       | set<frozen<list<uuid>>>
          map<text,set<int>>                    | map<text, frozen<set<int>>>
          FROZEN<map<int,bigint>>               | frozen<map<int, bigint>>
          frozen<tuple<int, list<text>>>        | tuple<int, frozen<list<text>>>
          vector<float, 3>                      | vector<float, 3>
          list<vector<float,1024>>              | list<vector<float, 1024>>
          address                               | address
          Address                               | address
          frozen<address>                       | frozen<address>
          map<text, address>                    | map<text, frozen<address>>
          "A \"\"b\"\""                         | "A \"\"b\"\""
          frozen<"A \"\"b\"\"">                 | frozen<"A \"\"b\"\"">
          """)
  void readsAndWritesTypes(String text, String written) {
    assertThat(TypeText.of(TypeParser.parse(text, USER_TYPES::get))).isEqualTo(written);
    assertThat(TypeText.of(TypeParser.parse(written, USER_TYPES::get))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          strin            | 'strin' is neither a CQL type nor a user-defined type
          list             | '<' is missing
          list<int         | '>' is missing
          list<int,int>    | 'list' takes 1 type, not 2
          map<int>         | 'map' takes 2 types, not 1
          frozen<int>      | 'INT' cannot be frozen
          vector<float, x> | 'x' is not a number of dimensions
          int) WITH a = 1  | neither a CQL type
          int int          | 'int' is too much
          ""address        | neither a CQL type
          "address         | " is missing
          list<>           | a name or value is missing
          """)
  void saysWhatIsWrongWithAType(String text, String reason) {
    assertThatThrownBy(() -> TypeParser.parse(text, USER_TYPES::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void quotesWhatCqlNeedsQuoted() {
    assertThat(CqlText.name("plain", "SeLect")).isEqualTo("plain.\"SeLect\"");
    assertThat(CqlText.name("select")).isEqualTo("\"select\"");
    assertThat(CqlText.name("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(CqlText.string("it's")).isEqualTo("'it''s'");
    assertThat(CqlText.map(Map.of("a'b", "c'd"))).isEqualTo("{'a''b': 'c''d'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'class': 'X', 'n': 4}    | {'class': 'X', 'n': '4'}
          {class=X,enabled=false}   | {'class': 'X', 'enabled': 'false'}
          ` { } `                   | {}
          {'a''b': 'c:d,e={}'}      | {'a''b': 'c:d,e={}'}
          {'a': ''}                 | {'a': ''}
          """)
  void readsMaps(String text, String written) {
    assertThat(CqlText.map(MapLiteral.parse(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          class=X              | '{' is missing
          {'a'}                | ':' is missing
          {'a': 'b'            | '}' is missing
          {'a': 'b'} AND x = 1 | 'AND x = 1' is too much
          {'a': 'b}            | ' is missing
          {'a': 1, 'a': 2}     | 'a' is given twice
          """)
  void saysWhatIsWrongWithAMap(String text, String reason) {
    assertThatThrownBy(() -> MapLiteral.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readsClusteringKeys() {
    List<ClusteringColumn> columns =
        List.of(
            new ClusteringColumn("at", true),
            new ClusteringColumn("Seq No", false),
            new ClusteringColumn("a\"b", true));
    assertThat(ClusteringColumn.parse("at DESC, \"Seq No\", \"a\"\"b\" desc")).isEqualTo(columns);
    assertThat(ClusteringColumn.parse(ClusteringColumn.text(columns))).isEqualTo(columns);
    assertThat(ClusteringColumn.parse("a.asc, B.desc"))
        .containsExactly(new ClusteringColumn("a", false), new ClusteringColumn("B", true));
    assertThatThrownBy(() -> ClusteringColumn.parse("a down"))
        .hasMessageContaining("'down' is neither 'asc' nor 'desc'");
    assertThatThrownBy(() -> ClusteringColumn.parse("a,")).hasMessageContaining("is missing");
  }

  @Property
  void readsBackEveryMap(@ForAll Map<String, String> entries) {
    assertThat(MapLiteral.parse(CqlText.map(entries))).isEqualTo(entries);
  }

  @Property
  void readsBackEveryClusteringKey(
      @ForAll @NotEmpty List<@NotEmpty String> names, @ForAll boolean descending) {
    List<ClusteringColumn> columns =
        names.stream().map(name -> new ClusteringColumn(name, descending)).toList();
    assertThat(ClusteringColumn.parse(ClusteringColumn.text(columns))).isEqualTo(columns);
  }
}
