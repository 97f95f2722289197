// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.ringside.spark.Tables;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.cql.Restriction.Operator;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.cql.Selection;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowEvaluationTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t")
          .key("k int")
          .clustering("c int", "d text")
          .regular("v int", "s text", "f double", "m decimal", "l list<int>", "u timeuuid")
          .build();

  private static SelectQuery query(
      List<Selection> selections, List<Restriction> restrictions, String... groupBy) {
    return new SelectQuery(
        TABLE, selections, restrictions, List.of(groupBy), List.of(), RowLimits.NONE, true);
  }

  private static Selection selection(Selection.Kind kind, @Nullable String column) {
    return new Selection(kind, column);
  }

  private static @Nullable ByteBuffer cell(DataType type, @Nullable Object value) {
    return CodecRegistry.DEFAULT.codecFor(type).encode(value, ProtocolVersion.DEFAULT);
  }

  private static Restriction where(String column, Operator operator, Object value) {
    DataType type = Objects.requireNonNull(TABLE.column(column)).type();
    return new Restriction(
        column, operator, new CqlValue(Objects.requireNonNull(cell(type, value))));
  }

  /** A row with a cell of each type, in order. */
  private static EncodedRows row(@Nullable ByteBuffer... cells) {
    return RowsEncoder.encode(cells);
  }

  private static EncodedRows ints(@Nullable Integer... values) {
    return row(Arrays.stream(values).map(v -> cell(DataTypes.INT, v)).toArray(ByteBuffer[]::new));
  }

  private static List<List<@Nullable Long>> evaluate(
      RowEvaluation evaluation, EncodedRows... rows) {
    RowWork work = evaluation.start();
    List<List<@Nullable Long>> answers = new ArrayList<>();
    for (EncodedRows row : rows) {
      collect(work.take(row), answers);
    }
    collect(work.end(), answers);
    return answers;
  }

  private static void collect(@Nullable EncodedRows page, List<List<@Nullable Long>> answers) {
    if (page == null) {
      return;
    }
    RowCursor row = new RowCursor(page);
    while (row.next()) {
      List<@Nullable Long> values = new ArrayList<>();
      for (int c = 0; c < page.columns(); c++) {
        ByteBuffer cell = row.cell(c);
        values.add(cell == null ? null : number(cell));
      }
      answers.add(values);
    }
  }

  private static Long number(ByteBuffer cell) {
    return cell.remaining() == 8 ? cell.getLong(cell.position()) : cell.getInt(cell.position());
  }

  private static RowEvaluation ofRanges(SelectQuery query) {
    return Objects.requireNonNull(RowEvaluation.ofRanges(query));
  }

  @Test
  void evaluatesNothingWhereTheServerGivesPlainRows() {
    assertThat(RowEvaluation.ofRanges(SelectQuery.of(TABLE, List.of("k", "v")))).isNull();
  }

  @Test
  void countsAddsAndComparesTheValuesOfAllRows() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(
                    selection(Selection.Kind.COUNT_ROWS, null),
                    selection(Selection.Kind.COUNT, "v"),
                    selection(Selection.Kind.MIN, "v"),
                    selection(Selection.Kind.MAX, "v"),
                    selection(Selection.Kind.SUM, "v")),
                List.of()));
    assertThat(evaluation.rows().tokenRange())
        .isEqualTo("SELECT v FROM ks.t WHERE token(k)>? AND token(k)<=?");
    assertThat(evaluate(evaluation, ints(3), ints((Integer) null), ints(-5), ints(2_000_000_000)))
        .containsExactly(List.of(4L, 3L, -5L, 2_000_000_000L, 1_999_999_998L));
  }

  @Test
  void answersOneRowForNoRows() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(
                    selection(Selection.Kind.COUNT_ROWS, null), selection(Selection.Kind.SUM, "v")),
                List.of()));
    assertThat(evaluate(evaluation)).containsExactly(Arrays.asList(0L, null));
  }

  @Test
  void readsAKeyColumnToCountRows() {
    assertThat(
            ofRanges(query(List.of(selection(Selection.Kind.COUNT_ROWS, null)), List.of()))
                .rows()
                .tokenRange())
        .isEqualTo("SELECT k FROM ks.t WHERE token(k)>? AND token(k)<=?");
  }

  @Test
  void aggregatesTheRowsOfEachGroupAcrossPages() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(Selection.of("k"), Selection.of("c"), selection(Selection.Kind.MAX, "v")),
                List.of(),
                "k",
                "c"));
    assertThat(evaluate(evaluation, ints(1, 1, 5), ints(1, 1, 7), ints(1, 2, 6), ints(2, 2, 1)))
        .containsExactly(List.of(1L, 1L, 7L), List.of(1L, 2L, 6L), List.of(2L, 2L, 1L));
  }

  @Test
  void answersNoGroupForNoRows() {
    assertThat(
            evaluate(
                ofRanges(
                    query(
                        List.of(Selection.of("k"), selection(Selection.Kind.COUNT_ROWS, null)),
                        List.of(),
                        "k"))))
        .isEmpty();
  }

  @Test
  void readsTheColumnsOfConditionsAndLeavesThemOutOfTheAnswer() {
    RowEvaluation evaluation =
        ofRanges(query(List.of(Selection.of("c")), List.of(where("v", Operator.EQUAL, 7))));
    assertThat(evaluation.rows().tokenRange())
        .isEqualTo("SELECT c,v FROM ks.t WHERE token(k)>? AND token(k)<=?");
    assertThat(evaluate(evaluation, ints(1, 7), ints(2, 8), ints(3, null), ints(4, 7)))
        .containsExactly(List.of(1L), List.of(4L));
  }

  @Test
  void leavesLeadingClusteringConditionsOfAPartitionWithTheServer() {
    RowEvaluation evaluation =
        Objects.requireNonNull(
            RowEvaluation.ofPartitions(
                query(
                    List.of(Selection.of("c")),
                    List.of(where("v", Operator.LESS, 7), where("c", Operator.EQUAL, 1)))));
    assertThat(evaluation.rows().partition()).isEqualTo("SELECT c,v FROM ks.t WHERE k=? AND c=?");
    assertThat(evaluation.rows().restrictions()).hasSize(1);
  }

  @Test
  void comparesTextsByTheirBytes() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(selection(Selection.Kind.COUNT_ROWS, null)),
                List.of(where("s", Operator.GREATER, "é"))));
    assertThat(
            evaluate(
                evaluation,
                row(cell(DataTypes.TEXT, "z")),
                row(cell(DataTypes.TEXT, "éa")),
                row(cell(DataTypes.TEXT, "")),
                row(cell(DataTypes.TEXT, "日"))))
        .containsExactly(List.of(2L));
  }

  @Test
  void comparesDecimalsByTheirValue() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(selection(Selection.Kind.COUNT_ROWS, null)),
                List.of(where("m", Operator.EQUAL, new BigDecimal("1.50")))));
    assertThat(
            evaluate(
                evaluation,
                row(cell(DataTypes.DECIMAL, new BigDecimal("1.5"))),
                row(cell(DataTypes.DECIMAL, new BigDecimal("1.51")))))
        .containsExactly(List.of(1L));
  }

  @Test
  void comparesDoublesAsNumbers() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(selection(Selection.Kind.COUNT_ROWS, null)),
                List.of(where("f", Operator.LESS, -1.0))));
    assertThat(
            evaluate(
                evaluation,
                row(cell(DataTypes.DOUBLE, -2.0)),
                row(cell(DataTypes.DOUBLE, 3.0)),
                row(cell(DataTypes.DOUBLE, Double.NEGATIVE_INFINITY))))
        .containsExactly(List.of(2L));
  }

  @Test
  void takesEachValueOfAList() {
    CqlValue values =
        CqlValue.listOf(
            List.of(
                new CqlValue(Objects.requireNonNull(cell(DataTypes.INT, 3))),
                new CqlValue(Objects.requireNonNull(cell(DataTypes.INT, 5)))));
    RowEvaluation evaluation =
        ofRanges(
            query(List.of(Selection.of("v")), List.of(new Restriction("v", Operator.IN, values))));
    assertThat(evaluate(evaluation, ints(3), ints(4), ints(5), ints(3)))
        .containsExactly(List.of(3L), List.of(5L), List.of(3L));
  }

  @Test
  void takesCellsWithoutAValueAsNull() {
    RowEvaluation evaluation =
        ofRanges(
            query(
                List.of(selection(Selection.Kind.COUNT, "v"), selection(Selection.Kind.MIN, "v")),
                List.of()));
    assertThat(evaluate(evaluation, row(ByteBuffer.allocate(0)), ints(4)))
        .containsExactly(List.of(1L, 4L));
  }

  @Test
  void leavesOrdersThatATaskDoesNotKnowToTheServer() {
    assertThat(
            RowEvaluation.ofRanges(query(List.of(selection(Selection.Kind.MAX, "u")), List.of())))
        .isNull();
    assertThat(
            RowEvaluation.ofRanges(query(List.of(selection(Selection.Kind.SUM, "f")), List.of())))
        .isNull();
  }

  @Test
  void leavesAConditionOfTheUserToTheServer() {
    SelectQuery query =
        new SelectQuery(
            TABLE,
            List.of(selection(Selection.Kind.COUNT_ROWS, null)),
            List.of(),
            List.of(),
            List.of(),
            RowLimits.NONE,
            new SelectQuery.Filter(true, "l CONTAINS 1"));
    assertThat(RowEvaluation.ofRanges(query)).isNull();
    assertThat(RowEvaluation.ofPartitions(query)).isNull();
  }
}
