// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.lookup.DatasetLookup;
import io.ringside.spark.lookup.JoinKind;
import io.ringside.spark.lookup.KeyPair;
import io.ringside.spark.lookup.LookupRequest;
import io.ringside.spark.lookup.LookupText;
import io.ringside.spark.lookup.TableColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Joins a Dataset of any size, of a batch or a stream, with a Cassandra table by looking up its
 * keys: each task asks for the keys of its rows, many at a time, of nodes that own them. Nothing is
 * collected, broadcast or shuffled, and the table is never scanned.
 *
 * <pre>{@code
 * Dataset<Row> enriched =
 *     LookupJoin.of(events)
 *         .table("cass.shop.customers")
 *         .on("customer_id", "id")
 *         .columns("name", "tier AS customer_tier")
 *         .where("country = 'NO'")
 *         .leftOuter();
 * }</pre>
 *
 * <p>Immutable: each method returns another join. For the driver, in a session that is not one of
 * Spark Connect.
 */
public final class LookupJoin {
  private final Dataset<Row> dataset;
  private final @Nullable String table;
  private final Map<String, String> options;
  private final List<KeyPair> on;
  private final @Nullable List<TableColumn> columns;
  private final @Nullable String condition;

  private LookupJoin(
      Dataset<Row> dataset,
      @Nullable String table,
      Map<String, String> options,
      List<KeyPair> on,
      @Nullable List<TableColumn> columns,
      @Nullable String condition) {
    this.dataset = dataset;
    this.table = table;
    this.options = options;
    this.on = on;
    this.columns = columns;
    this.condition = condition;
  }

  /** A join of this Dataset, whose rows and columns the result has first. */
  public static LookupJoin of(Dataset<?> dataset) {
    return new LookupJoin(dataset.toDF(), null, Map.of(), List.of(), null, null);
  }

  /**
   * The table.
   *
   * @param name {@code catalog.keyspace.table}, with the options of that SQL catalog, or {@code
   *     keyspace.table}, with those that {@code format("cassandra")} has; parts with other
   *     characters than letters, digits and underscores in back quotes
   */
  public LookupJoin table(String name) {
    return new LookupJoin(dataset, name, options, on, columns, condition);
  }

  /** An option of the read, as of {@code format("cassandra")}. */
  public LookupJoin option(String name, String value) {
    return options(Map.of(name, value));
  }

  /** Options of the read, as of {@code format("cassandra")}. */
  public LookupJoin options(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(options);
    all.putAll(more);
    return new LookupJoin(dataset, table, all, on, columns, condition);
  }

  /**
   * One more pair of columns that are equal: all of the partition key, and as many clustering
   * columns as you like, from the first on.
   *
   * @param ofDataset the column of the Dataset
   * @param ofTable the column of the table's primary key
   */
  public LookupJoin on(String ofDataset, String ofTable) {
    List<KeyPair> all = new ArrayList<>(on);
    all.add(new KeyPair(ofDataset, ofTable));
    return new LookupJoin(dataset, table, options, all, columns, condition);
  }

  /** As {@link #on(String, String)}, for a column that has the same name on both sides. */
  public LookupJoin on(String column) {
    return on(column, column);
  }

  /**
   * The table's columns in the result, in this order; without this method all but those of {@link
   * #on}.
   *
   * @param names each {@code column} or {@code column AS name}
   */
  public LookupJoin columns(String... names) {
    List<TableColumn> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.addAll(LookupText.columns(name));
    }
    return new LookupJoin(dataset, table, options, on, chosen, condition);
  }

  /**
   * A condition on the table's rows, which Cassandra evaluates: comparisons of columns with
   * literals, joined by {@code AND}. A row that does not satisfy it is as if it were not there.
   *
   * @param sql a condition in Spark's SQL, over the table's columns that are not in {@link #on}
   */
  public LookupJoin where(String sql) {
    return new LookupJoin(dataset, table, options, on, columns, sql);
  }

  /**
   * Rows of both sides whose keys are equal.
   *
   * @throws InvalidInputException when something of the join is wrong, before any task
   */
  public Dataset<Row> inner() {
    return join(JoinKind.INNER);
  }

  /**
   * As {@link #inner()}, and each row of the Dataset without a row of the table once, with nulls in
   * the table's columns.
   *
   * @throws InvalidInputException when something of the join is wrong, before any task
   */
  public Dataset<Row> leftOuter() {
    return join(JoinKind.LEFT_OUTER);
  }

  /**
   * Each row of the Dataset whose key the table has, once, without columns of the table.
   *
   * @throws InvalidInputException when something of the join is wrong, before any task
   */
  public Dataset<Row> leftSemi() {
    return join(JoinKind.LEFT_SEMI);
  }

  /**
   * Each row of the Dataset whose key the table does not have.
   *
   * @throws InvalidInputException when something of the join is wrong, before any task
   */
  public Dataset<Row> leftAnti() {
    return join(JoinKind.LEFT_ANTI);
  }

  private Dataset<Row> join(JoinKind kind) {
    if (table == null) {
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot look up keys: no table is named. Call table(\"catalog.keyspace.table\").");
    }
    DatasetLookup lookup = LookupTable.of(table, options);
    return lookup.join(dataset, new LookupRequest(kind, on, columns, condition)).rows();
  }
}
