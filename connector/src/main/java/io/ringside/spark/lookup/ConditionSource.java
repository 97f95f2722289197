// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * Has Spark read a condition in SQL: parse it, resolve its columns, simplify it, and say it as the
 * predicates that it hands to any source. A table without rows takes whatever Spark pushes, in the
 * thread that asks. Made by Spark by its class name; not for programs. Driver only.
 */
public final class ConditionSource implements TableProvider {
  private static final ThreadLocal<@Nullable Pushed> PUSHED = new ThreadLocal<>();

  /** For Spark, which makes sources by their class name. */
  public ConditionSource() {}

  /** What Spark has pushed. */
  private static final class Pushed {
    private final List<Predicate> predicates = new ArrayList<>();
    private boolean asked;
    private boolean whole;
  }

  /**
   * The predicates, all of which a row must satisfy, or null when no row can.
   *
   * @param schema of the rows
   * @throws InvalidInputException INVALID_VALUE when Spark cannot say a part of the condition as a
   *     predicate
   */
  static @Nullable List<Predicate> predicates(
      SparkSession spark, StructType schema, String condition) {
    Pushed pushed = new Pushed();
    PUSHED.set(pushed);
    try {
      // Asked for its files, Spark plans a query as far as a source is asked, and runs nothing.
      var unused =
          spark
              .read()
              .format(ConditionSource.class.getName())
              .schema(schema)
              .load()
              .where(condition)
              .limit(1)
              .inputFiles();
    } finally {
      PUSHED.remove();
    }
    if (!pushed.asked) {
      return null;
    }
    if (!pushed.whole) {
      // Spark pushes a limit only when nothing is left that it must evaluate before.
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot look up rows where %s: Spark evaluates a part of it itself, and pushed only %s. Compare columns with literals, or filter the result."
              .formatted(condition, pushed.predicates));
    }
    return List.copyOf(pushed.predicates);
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return new StructType();
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new NoRows(schema);
  }

  /** A table of these columns. */
  private static final class NoRows implements SupportsRead {
    private final StructType schema;

    NoRows(StructType schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // Its successor, columns(), calls it.
    public StructType schema() {
      return schema;
    }

    @Override
    public String name() {
      return "condition";
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      Pushed pushed = PUSHED.get();
      if (pushed == null) {
        throw new UnsupportedOperationException(
            "Cannot read %s: it has no rows. Use format(\"cassandra\")."
                .formatted(ConditionSource.class.getName()));
      }
      return new Builder(schema, pushed);
    }
  }

  private static final class Builder
      implements ScanBuilder, SupportsPushDownV2Filters, SupportsPushDownLimit, Scan {
    private final StructType schema;
    private final Pushed pushed;

    Builder(StructType schema, Pushed pushed) {
      this.schema = schema;
      this.pushed = pushed;
      pushed.asked = true;
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
      pushed.predicates.addAll(List.of(predicates));
      return new Predicate[0];
    }

    @Override
    public Predicate[] pushedPredicates() {
      return pushed.predicates.toArray(Predicate[]::new);
    }

    @Override
    public boolean pushLimit(int limit) {
      pushed.whole = true;
      return true;
    }

    @Override
    public Scan build() {
      return this;
    }

    @Override
    public StructType readSchema() {
      return schema;
    }
  }
}
