// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.Tables;
import io.ringside.spark.cql.RowLimits;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.IndexSpec.Answer;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Avg;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which aggregates, orders and limits Cassandra evaluates, and why not the others. */
class QueryPushdownTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t")
          .key("p int", "q text")
          .clustering("c int", "d timestamp desc")
          .statics("s int")
          .regular("v int", "b bigint", "u uuid", "o boolean", "x text", "at timestamp", "w int")
          .indexes(new IndexSpec("by_w", "w", Answer.EXACT, Answer.UNUSED))
          .build();

  private static final SparkExpressions ON = new SparkExpressions(TABLE);

  private static QueryPushdown query(TableSpec table, Predicate... predicates) {
    var schema = TypeMapping.schema(table, DecimalTypes.defaults());
    QueryPushdown query = new QueryPushdown(table, schema);
    query.take(
        PredicatePushdown.of(table, schema, Arrays.asList(predicates), 100, Reach.FILTERING));
    return query;
  }

  private static String cql(QueryPushdown query) {
    AggregatePushdown aggregate = query.aggregate();
    assertThat(aggregate).isNotNull();
    return aggregate == null
        ? ""
        : new SelectQuery(
                TABLE,
                aggregate.selections(),
                List.of(),
                aggregate.groupBy(),
                List.of(),
                RowLimits.NONE,
                false)
            .wholeTable();
  }

  private static AggregateFunc[] of(AggregateFunc... functions) {
    return functions;
  }

  static Stream<Arguments> computed() {
    return Stream.of(
        Arguments.of(
            SparkExpressions.aggregate(
                of(new CountStar(), new Count(Expressions.column("x"), false))),
            "SELECT count(*),count(x) FROM ks.t"),
        Arguments.of(
            SparkExpressions.aggregate(
                of(new Min(Expressions.column("v")), new Max(Expressions.column("v")))),
            "SELECT min(v-(int)0),max(v) FROM ks.t"),
        Arguments.of(
            SparkExpressions.aggregate(
                of(new Count(Expressions.column("at"), false)), "p", "q", "c"),
            "SELECT p,q,c,count(at+(duration)0s) FROM ks.t GROUP BY p,q,c"),
        Arguments.of(SparkExpressions.aggregate(of(), "p", "q"), "SELECT DISTINCT p,q FROM ks.t"),
        Arguments.of(
            SparkExpressions.aggregate(of(), "s", "q", "p"), "SELECT DISTINCT s,q,p FROM ks.t"),
        Arguments.of(
            SparkExpressions.aggregate(of(), "p", "q", "c"),
            "SELECT p,q,c FROM ks.t GROUP BY p,q,c"),
        Arguments.of(
            SparkExpressions.aggregate(of(new CountStar()), "p", "q"),
            "SELECT p,q,count(*) FROM ks.t GROUP BY p,q"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Sum(Expressions.column("v"), false))),
            "SELECT sum(CAST(v AS bigint))+max(v)-max(v) FROM ks.t"));
  }

  @ParameterizedTest
  @MethodSource("computed")
  void computesInCassandra(Aggregation aggregation, String expected) {
    QueryPushdown query = query(TABLE);
    assertThat(query.accept(aggregation)).isTrue();
    assertThat(cql(query)).isEqualTo(expected);
    assertThat(query.refusals()).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            SparkExpressions.aggregate(of(new Sum(Expressions.column("b"), false))),
            "SUM(b): only sums of integers up to 32 bits cannot overflow"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Avg(Expressions.column("v"), false))),
            "AVG(v): CQL has count(*), count, min, max and sum"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Count(Expressions.column("v"), true))),
            "COUNT(DISTINCT v): CQL has count(*), count, min, max and sum"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Count(Expressions.column("u"), false))),
            "COUNT(u): Cassandra counts cells without bytes, which are null in Spark"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Min(Expressions.column("o")))),
            "MIN(o): Cassandra counts cells without bytes, which are null in Spark"),
        Arguments.of(
            SparkExpressions.aggregate(of(new Max(Expressions.column("u")))),
            "MAX(u): Cassandra orders such values otherwise than Spark"),
        Arguments.of(
            SparkExpressions.aggregate(of(new CountStar()), "p"),
            "COUNT(*) GROUP BY p: CQL groups by the partition key and then clustering columns, in"
                + " key order"),
        Arguments.of(
            SparkExpressions.aggregate(of(new CountStar()), "q", "p"),
            "COUNT(*) GROUP BY q, p: CQL groups by the partition key and then clustering columns,"
                + " in key order"),
        Arguments.of(
            SparkExpressions.aggregate(of(), "p", "q", "c", "d"),
            "GROUP BY p, q, c, d: each group is one row"),
        Arguments.of(
            SparkExpressions.aggregate(of(new CountStar()), "p", "q", "s"),
            "COUNT(*) GROUP BY p, q, s: CQL groups by the partition key and then clustering"
                + " columns, in key order"),
        Arguments.of(SparkExpressions.aggregate(of()), "the aggregate: no value of it is used"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void leavesAggregatesToSpark(Aggregation aggregation, String refusal) {
    QueryPushdown query = query(TABLE);
    assertThat(query.accept(aggregation)).isFalse();
    assertThat(Refusal.text(query.refusals())).isEqualTo(refusal);
  }

  @ParameterizedTest
  @MethodSource("severalEncodings")
  void groupsInSparkWhatCassandraTellsApart(String type) {
    TableSpec table = Tables.of("ks.t").key("p " + type).clustering("c int").build();
    QueryPushdown query = query(table);
    assertThat(query.accept(SparkExpressions.aggregate(of(), "p"))).isFalse();
    assertThat(Refusal.text(query.refusals()))
        .isEqualTo("GROUP BY p: Cassandra has several groups of values that are equal in Spark");
  }

  static Stream<String> severalEncodings() {
    return Stream.of("decimal", "varint", "float", "double", "boolean");
  }

  @Test
  void leavesTheKeyOfATableOfSingleRowsToSpark() {
    TableSpec table = Tables.of("ks.t").key("p bigint").regular("v int").build();
    QueryPushdown query = query(table);
    assertThat(query.accept(SparkExpressions.aggregate(of(new Max(Expressions.column("v"))), "p")))
        .isFalse();
    assertThat(Refusal.text(query.refusals()))
        .isEqualTo("MAX(v) GROUP BY p: each group is one row");
  }

  @Test
  void readsAllRowsOfAPartitionWhereOneDoesNotTell() {
    QueryPushdown query = query(TABLE, ON.compare("c", "=", 1));
    assertThat(query.accept(SparkExpressions.aggregate(of(), "p", "q", "s"))).isFalse();
    QueryPushdown groups = query(TABLE, ON.compare("c", "=", 1));
    assertThat(groups.accept(SparkExpressions.aggregate(of(), "p", "q"))).isTrue();
    AggregatePushdown aggregate = groups.aggregate();
    assertThat(aggregate).isNotNull();
    if (aggregate != null) {
      assertThat(
              new SelectQuery(
                      TABLE,
                      aggregate.selections(),
                      groups.predicates().restrictions(),
                      aggregate.groupBy(),
                      List.of(),
                      RowLimits.NONE,
                      true)
                  .wholeTable())
          .isEqualTo("SELECT p,q FROM ks.t WHERE c=? GROUP BY p,q ALLOW FILTERING");
    }
  }

  @Test
  void selectsStaticColumnsOfSomeRowsInSpark() {
    QueryPushdown query = query(TABLE, ON.compare("c", "=", 1));
    assertThat(
            query.accept(
                SparkExpressions.aggregate(of(new CountStar(), new Max(Expressions.column("s"))))))
        .isFalse();
    assertThat(Refusal.text(query.refusals()))
        .isEqualTo(
            "COUNT(*), MAX(s): CQL selects no static columns alone of some rows of a partition");
    QueryPushdown withOthers = query(TABLE, ON.compare("c", "=", 1));
    assertThat(
            withOthers.accept(
                SparkExpressions.aggregate(
                    of(new Max(Expressions.column("v")), new Max(Expressions.column("s"))))))
        .isTrue();
  }

  @Test
  void evaluatesNothingAboveWhatSparkEvaluates() {
    QueryPushdown query = query(TABLE, ON.compare("v", "<>", 1));
    assertThat(query.accept(SparkExpressions.aggregate(of(new CountStar())))).isFalse();
    assertThat(query.accept(5)).isFalse();
    assertThat(Refusal.text(query.refusals()))
        .isEqualTo(
            "v <> 1: CQL compares a column with literals only;"
                + " COUNT(*): Spark evaluates some of the predicates;"
                + " LIMIT 5: Spark evaluates some of the predicates");
  }

  private static QueryPushdown ofOnePartition(Predicate... more) {
    Predicate[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = ON.compare("p", "=", 1);
    all[more.length + 1] = ON.compare("q", "=", "a");
    return query(TABLE, all);
  }

  static Stream<Arguments> orders() {
    SortOrder[] natural = {SparkExpressions.ascending("c"), SparkExpressions.descending("d")};
    SortOrder[] reverse = {SparkExpressions.descending("c"), SparkExpressions.ascending("d")};
    SortOrder[] mixed = {SparkExpressions.ascending("c"), SparkExpressions.ascending("d")};
    SortOrder[] nullsLast = {
      Expressions.sort(Expressions.column("c"), SortDirection.ASCENDING, NullOrdering.NULLS_LAST)
    };
    return Stream.of(
        Arguments.of(ofOnePartition(), natural, ""),
        Arguments.of(ofOnePartition(), reverse, ""),
        Arguments.of(
            ofOnePartition(ON.compare("c", "=", 1)),
            new SortOrder[] {SparkExpressions.ascending("d")},
            ""),
        Arguments.of(
            ofOnePartition(),
            mixed,
            "ORDER BY c ASC, d ASC: it reverses some clustering columns and others not"),
        Arguments.of(
            ofOnePartition(),
            nullsLast,
            "ORDER BY c ASC: it is not the order of the clustering columns"),
        Arguments.of(
            ofOnePartition(),
            new SortOrder[] {SparkExpressions.ascending("v")},
            "ORDER BY v ASC: it is not the order of the clustering columns"),
        Arguments.of(
            ofOnePartition(ON.compare("w", "=", 7)),
            natural,
            "ORDER BY c ASC, d DESC: Cassandra gives no order to rows that it finds by an index"),
        Arguments.of(
            query(TABLE),
            natural,
            "ORDER BY c ASC, d DESC: only the rows of one partition are in order"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsOnePartitionInItsOrder(QueryPushdown query, SortOrder[] orders, String refusal) {
    assertThat(query.accept(orders, 3)).isEqualTo(refusal.isEmpty());
    assertThat(Refusal.text(query.refusals())).isEqualTo(refusal);
    assertThat(query.limit()).isEqualTo(refusal.isEmpty() ? 3 : 0);
  }
}
