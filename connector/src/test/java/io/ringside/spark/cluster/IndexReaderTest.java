// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultColumnMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultIndexMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultTableMetadata;
import io.ringside.spark.GeneratedDocument;
import io.ringside.spark.cql.TypeParser;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.IndexSpec.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What indexes make of comparisons. */
class IndexReaderTest {
  private static final CqlIdentifier KEYSPACE = CqlIdentifier.fromInternal("ks");
  private static final CqlIdentifier TABLE = CqlIdentifier.fromInternal("t");
  private static final CqlIdentifier COLUMN = CqlIdentifier.fromInternal("v");
  private static final String SAI = "StorageAttachedIndex";
  private static final String PLAIN = "";

  private static List<IndexSpec> indexes(
      String type, ColumnRole role, String className, Map<String, String> options) {
    DataType cql = TypeParser.parse(type, name -> null);
    ColumnMetadata column =
        new DefaultColumnMetadata(KEYSPACE, TABLE, COLUMN, cql, role == ColumnRole.STATIC);
    Map<String, String> all = new HashMap<>(options);
    all.putIfAbsent("target", "v");
    if (!className.isEmpty()) {
      all.put("class_name", className);
    }
    IndexMetadata index =
        new DefaultIndexMetadata(
            KEYSPACE,
            TABLE,
            CqlIdentifier.fromInternal("by_v"),
            className.isEmpty() ? IndexKind.COMPOSITES : IndexKind.CUSTOM,
            all.get("target"),
            all);
    TableMetadata table =
        new DefaultTableMetadata(
            KEYSPACE,
            TABLE,
            null,
            false,
            false,
            List.of(),
            new LinkedHashMap<>(),
            Map.of(COLUMN, column),
            Map.of(),
            Map.of(index.getName(), index));
    return IndexReader.of(table);
  }

  private enum ColumnRole {
    REGULAR,
    STATIC
  }

  private static IndexSpec index(String type, String className, Map<String, String> options) {
    return indexes(type, ColumnRole.REGULAR, className, options).get(0);
  }

  static Stream<Arguments> otherwise() {
    return Stream.of(
        Arguments.of(SAI, Map.of("case_sensitive", "false")),
        Arguments.of("sai", Map.of("normalize", "true")),
        Arguments.of("org.apache.cassandra.index.sai." + SAI, Map.of("ascii", "TRUE")),
        Arguments.of(SAI, Map.of("index_analyzer", "standard")),
        Arguments.of(SAI, Map.of("an_option_of_tomorrow", "1")),
        Arguments.of("org.apache.cassandra.index.sasi.SASIIndex", Map.of()),
        Arguments.of("org.apache.cassandra.index.sasi.SASIIndex", Map.of("mode", "CONTAINS")),
        Arguments.of("com.example.LuceneIndex", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("otherwise")
  void takesAnIndexWithTermsOfItsOwnAsDifferent(String className, Map<String, String> options) {
    IndexSpec index = index("text", className, options);
    assertThat(index.equality()).isEqualTo(Answer.DIFFERENT);
    assertThat(index.range()).isEqualTo(Answer.DIFFERENT);
  }

  @Test
  void takesOptionsThatChangeNothingAsExact() {
    IndexSpec index =
        index(
            "text", SAI, Map.of("case_sensitive", "true", "normalize", "false", "ascii", "False"));
    assertThat(index.equality()).isEqualTo(Answer.EXACT);
  }

  @Test
  void takesEveryIndexOnAStaticColumnAsDifferent() {
    for (String className : List.of(PLAIN, SAI)) {
      IndexSpec index = indexes("int", ColumnRole.STATIC, className, Map.of()).get(0);
      assertThat(index.equality()).isEqualTo(Answer.DIFFERENT);
      assertThat(index.range()).isEqualTo(Answer.DIFFERENT);
    }
  }

  @Test
  void leavesOutIndexesOnPartsOfCollections() {
    for (String target : List.of("keys(v)", "values(v)", "entries(v)", "full(v)")) {
      assertThat(indexes("text", ColumnRole.REGULAR, PLAIN, Map.of("target", target))).isEmpty();
    }
  }

  private static String said(Answer answer) {
    return switch (answer) {
      case EXACT -> "used";
      case UNUSED -> "filtered";
      case DIFFERENT -> "-";
    };
  }

  @Test
  void tellsWhatIsComparedWithEachKindOfIndex() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """

            | CQL | plain index: `=` | ranges | SAI: `=` | ranges |
            |---|---|---|---|---|
            """);
    for (String type :
        List.of(
            "ascii",
            "text",
            "blob",
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "varint",
            "decimal",
            "float",
            "double",
            "timestamp",
            "date",
            "time",
            "uuid",
            "timeuuid",
            "inet")) {
      IndexSpec plain = index(type, PLAIN, Map.of());
      IndexSpec attached = index(type, SAI, Map.of());
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  type,
                  said(plain.equality()),
                  said(plain.range()),
                  type.equals("blob") ? "no such index" : said(attached.equality()),
                  type.equals("blob") ? "no such index" : said(attached.range())));
    }
    text.append(
        """

        `used`: by the index; `filtered`: by `ALLOW FILTERING` only, as without the index; `-`: by Spark, as the index finds other rows.
        A plain index looks up bytes, so it misses equal values in other bytes; SAI orders a NaN by its sign and cuts long numbers.

        Never compared in Cassandra is a column with one of these indexes: SAI with `case_sensitive`, `normalize`, `ascii`, an analyser or any other option that changes terms;
        SASI and any other custom class; any index on a static column, which finds nothing when a clustering column is restricted as well.

        """);
    GeneratedDocument.checkSection("pushdown.md", "indexes", text.toString());
  }
}
