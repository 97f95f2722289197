// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.relation.Relation;
import com.datastax.oss.driver.api.querybuilder.select.Select;
import com.datastax.oss.driver.api.querybuilder.select.SelectFrom;
import com.datastax.oss.driver.api.querybuilder.select.Selector;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts of {@code SELECT} statements. Every value is a positional bind marker: one text serves all
 * token ranges, or all partition keys, of a scan. Sent to executors.
 *
 * @param selections not empty
 * @param restrictions conditions besides the token range or partition key; their markers come last,
 *     in this order
 * @param groupBy names of columns; empty for none. Groups that are partitions become {@code
 *     DISTINCT} where nothing is asked of their rows
 * @param order clustering columns to order by, a leading part of them; empty for the table's order
 * @param limits how many rows are enough
 * @param filter what the server does to rows besides
 */
public record SelectQuery(
    TableSpec table,
    List<Selection> selections,
    List<Restriction> restrictions,
    List<String> groupBy,
    List<Ordering> order,
    RowLimits limits,
    Filter filter)
    implements Serializable {

  /** A clustering column and its direction. */
  public record Ordering(String column, boolean descending) implements Serializable {}

  /**
   * What the server does to rows besides the restrictions.
   *
   * @param allowed whether it may read rows that it then leaves out
   * @param condition relations of {@link WhereText} that rows must fulfil, or null
   */
  public record Filter(boolean allowed, @Nullable String condition) implements Serializable {}

  /** Copies the lists. */
  public SelectQuery {
    selections = List.copyOf(selections);
    restrictions = List.copyOf(restrictions);
    groupBy = List.copyOf(groupBy);
    order = List.copyOf(order);
  }

  /** A query without a condition of a user. */
  public SelectQuery(
      TableSpec table,
      List<Selection> selections,
      List<Restriction> restrictions,
      List<String> groupBy,
      List<Ordering> order,
      RowLimits limits,
      boolean allowFiltering) {
    this(table, selections, restrictions, groupBy, order, limits, new Filter(allowFiltering, null));
  }

  /** Whether the server may read rows that it then leaves out. */
  public boolean allowFiltering() {
    return filter.allowed();
  }

  /** Relations of {@link WhereText} that rows must fulfil, or null. */
  public @Nullable String condition() {
    return filter.condition();
  }

  /** The values of columns, without any condition. */
  public static SelectQuery of(TableSpec table, List<String> columns) {
    return new SelectQuery(
        table,
        columns.stream().map(Selection::of).toList(),
        List.of(),
        List.of(),
        List.of(),
        RowLimits.NONE,
        false);
  }

  /**
   * Rows of a token range: {@code … WHERE token(pk) > ? AND token(pk) <= ?}. The first markers are
   * the range's start (exclusive) and end (inclusive).
   */
  public String tokenRange() {
    List<CqlIdentifier> key =
        table.partitionKey().stream().map(column -> id(column.name())).toList();
    return text(
        List.of(
            Relation.tokenFromIds(key).isGreaterThan(QueryBuilder.bindMarker()),
            Relation.tokenFromIds(key).isLessThanOrEqualTo(QueryBuilder.bindMarker())));
  }

  /** Rows of one partition: {@code … WHERE pk = ?}. The first markers are the key's columns. */
  public String partition() {
    return lookup(0);
  }

  /**
   * Rows of one partition that have one value in each of its first clustering columns. The first
   * markers are the partition key's columns, then these.
   *
   * @param clustering how many clustering columns, 0 or more
   */
  public String lookup(int clustering) {
    List<ColumnSpec> columns = new ArrayList<>(table.partitionKey());
    columns.addAll(table.clusteringColumns().subList(0, clustering));
    return text(
        columns.stream()
            .map(column -> Relation.column(id(column.name())).isEqualTo(QueryBuilder.bindMarker()))
            .toList());
  }

  /**
   * Rows of several partitions, for a partition key of one column: {@code … WHERE pk IN ?}. The
   * first marker is the list of its values.
   */
  public String partitions() {
    ColumnSpec key = table.partitionKey().get(0);
    return text(List.of(Relation.column(id(key.name())).in(QueryBuilder.bindMarker())));
  }

  /** All rows, without a token range: for tables that have none. */
  public String wholeTable() {
    return text(List.of());
  }

  private String text(List<Relation> where) {
    SelectFrom from = QueryBuilder.selectFrom(id(table.keyspace()), id(table.table()));
    Select select =
        (isDistinct() ? from.distinct() : from)
            .selectors(selections.stream().map(this::selector).toList())
            .where(where)
            .where(restrictions.stream().map(Restriction::relation).toList());
    if (filter.condition() != null) {
      select = select.whereRaw(filter.condition());
    }
    if (!groupBy.isEmpty() && !isDistinct()) {
      select = select.groupByColumnIds(groupBy.stream().map(SelectQuery::id).toList());
    }
    for (Ordering ordering : order) {
      select =
          select.orderBy(
              id(ordering.column()),
              ordering.descending() ? ClusteringOrder.DESC : ClusteringOrder.ASC);
    }
    if (limits.perPartition() > 0) {
      select = select.perPartitionLimit(limits.perPartition());
    }
    if (limits.rows() > 0) {
      select = select.limit(limits.rows());
    }
    return (allowFiltering() ? select.allowFiltering() : select).asCql();
  }

  /**
   * Whether each group is a partition, and all that is asked of it are its key and its static
   * columns: then {@code DISTINCT} reads one row of it, and {@code GROUP BY} would read all.
   */
  private boolean isDistinct() {
    return restrictions.isEmpty()
        && filter.condition() == null
        && isOfPartitions(table, groupBy)
        && selections.stream()
            .allMatch(
                selection ->
                    selection.kind() == Selection.Kind.VALUE
                        && groupBy.contains(selection.column()));
  }

  /** Whether columns are the whole partition key, in any order, and static columns alone. */
  public static boolean isOfPartitions(TableSpec table, Collection<String> columns) {
    return columns.containsAll(table.partitionKey().stream().map(ColumnSpec::name).toList())
        && columns.stream()
            .map(table::column)
            .allMatch(
                column ->
                    column != null
                        && (column.kind() == ColumnKind.PARTITION_KEY
                            || column.kind() == ColumnKind.STATIC));
  }

  private Selector selector(Selection selection) {
    CqlIdentifier column = id(String.valueOf(selection.column()));
    return switch (selection.kind()) {
      case VALUE -> Selector.column(column);
      case COUNT_ROWS -> Selector.countAll();
      case COUNT -> Selector.function("count", value(selection));
      case MIN -> Selector.function("min", value(selection));
      case MAX -> Selector.function("max", Selector.column(column));
      case SUM -> sum(Selector.column(column));
      case WRITE_TIME -> Selector.writeTime(column);
      case TTL -> Selector.ttl(column);
      case TOKEN -> Selector.function(id("token"), partitionKey());
      case NOW -> QueryBuilder.raw("totimestamp(now())");
    };
  }

  /** The value of a column, where cells without bytes do not count. */
  private Selector value(Selection selection) {
    String name = String.valueOf(selection.column());
    ColumnSpec column = table.column(name);
    Selector value = Selector.column(id(name));
    return column == null ? value : PresentValue.of(value, column.type());
  }

  private List<Selector> partitionKey() {
    return table.partitionKey().stream().map(key -> Selector.column(id(key.name()))).toList();
  }

  /** CQL's sum of nothing is 0, SQL's is null: so is a maximum of nothing, added and taken away. */
  private static Selector sum(Selector column) {
    Selector max = Selector.function("max", column);
    Selector sum = Selector.function("sum", Selector.cast(column, DataTypes.BIGINT));
    return Selector.subtract(Selector.add(sum, max), max);
  }

  private static CqlIdentifier id(String name) {
    return CqlIdentifier.fromInternal(name);
  }
}
