// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.Restriction;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons of a query with one column, merged: a set of values, or a lower and an upper
 * bound. CQL takes no more than that for a column. Built up predicate by predicate, on the driver.
 */
final class ColumnConstraint {
  private static final Comparator<Object> ORDER = ColumnConstraint::compare;

  private final ColumnSpec column;
  private final DataType type;
  private final TableSpec table;
  private final ServerComparisons server;
  private final List<String> neverShown = new ArrayList<>();
  private @Nullable TreeMap<Object, CqlValue> values;
  private @Nullable EqualCell cells;
  private @Nullable Bound lower;
  private @Nullable Bound upper;

  /**
   * No constraint yet.
   *
   * @param type the column's Spark type
   */
  ColumnConstraint(TableSpec table, ColumnSpec column, DataType type, ServerComparisons server) {
    this.table = table;
    this.column = column;
    this.type = type;
    this.server = server;
  }

  private record Bound(Object value, boolean inclusive) {}

  /** Adds a comparison; the reason, and nothing added, when CQL would compare otherwise. */
  @Nullable String add(Comparison comparison) {
    boolean equality = comparison.operator() == Comparison.Operator.EQUAL;
    String refusal = equality ? server.equalityRefusal(column) : server.rangeRefusal(column);
    if (refusal != null) {
      return refusal;
    } else if (comparison.type() != null && !comparison.type().equals(type)) {
      return "the literal is not a value of the column's type";
    } else if (!comparison.values().stream().allMatch(LiteralCells::isExact)) {
      return "NaN and zero are stored in several ways";
    } else if (equality) {
      return equal(comparison.values());
    }
    Object value = comparison.values().get(0);
    boolean subMillis = EqualCell.hasSubMillis(column, value);
    Object bound = subMillis ? Math.floorDiv((Long) value, 1000L) * 1000L : value;
    ByteBuffer cell = cells().of(bound);
    if (cell == null) {
      return "no value of the column's CQL type is equal to the literal";
    }
    refusal = server.sizeRefusal(column, cell.remaining());
    if (refusal != null) {
      return refusal;
    }
    switch (comparison.operator()) {
      // Between two milliseconds there is no cell: >= 1.5 is > 1, and < 1.5 is <= 1.
      case GREATER -> above(new Bound(bound, false));
      case GREATER_OR_EQUAL -> above(new Bound(bound, !subMillis));
      case LESS -> below(new Bound(bound, subMillis));
      case LESS_OR_EQUAL -> below(new Bound(bound, true));
      default -> throw new IllegalArgumentException(comparison.toString());
    }
    return null;
  }

  /** Made when a literal is compared: columns that are not compared need no cell. */
  private EqualCell cells() {
    EqualCell made = cells;
    if (made == null) {
      made = new EqualCell(column, type);
      cells = made;
    }
    return made;
  }

  private @Nullable String equal(List<Object> wanted) {
    for (Object value : wanted) {
      ByteBuffer cell = cells().of(value);
      String refusal = cell == null ? null : server.sizeRefusal(column, cell.remaining());
      if (refusal != null) {
        return refusal;
      }
    }
    keepOnly(wanted);
    return null;
  }

  private void keepOnly(List<Object> wanted) {
    TreeMap<Object, CqlValue> kept = new TreeMap<>(ORDER);
    for (Object value : wanted) {
      CqlValue cell = values == null ? existing(value) : values.get(value);
      if (cell != null) {
        kept.put(value, cell);
      }
    }
    values = kept;
  }

  /** The cell that is equal to a value, or null when no row can have it. */
  private @Nullable CqlValue existing(Object value) {
    ByteBuffer cell = cells().of(value);
    if (cell == null) {
      if (value instanceof UTF8String text) {
        neverShown.add(text.toString());
      }
      return null;
    }
    return EqualCell.canExist(table, column, cell) ? new CqlValue(cell) : null;
  }

  private void above(Bound bound) {
    if (lower == null || tighter(bound, lower, compare(bound.value(), lower.value()))) {
      lower = bound;
    }
  }

  private void below(Bound bound) {
    if (upper == null || tighter(bound, upper, compare(upper.value(), bound.value()))) {
      upper = bound;
    }
  }

  private static boolean tighter(Bound bound, Bound than, int difference) {
    return difference > 0 || (difference == 0 && than.inclusive() && !bound.inclusive());
  }

  /** True when no value can satisfy all comparisons. */
  boolean isContradictory() {
    if (values != null) {
      return values().isEmpty();
    }
    if (lower == null || upper == null) {
      return false;
    }
    int difference = compare(lower.value(), upper.value());
    return difference > 0 || (difference == 0 && !(lower.inclusive() && upper.inclusive()));
  }

  /** Whether the column must be one of {@link #values()}; else it is within bounds. */
  boolean hasValues() {
    return values != null;
  }

  /** The values that the column may have, in their order, as cells. */
  List<CqlValue> values() {
    List<CqlValue> cells = new ArrayList<>();
    if (values != null) {
      for (Map.Entry<Object, CqlValue> value : values.entrySet()) {
        if (isWithinBounds(value.getKey())) {
          cells.add(value.getValue());
        }
      }
    }
    return cells;
  }

  private boolean isWithinBounds(Object value) {
    int aboveLower = lower == null ? 1 : compare(value, lower.value());
    int belowUpper = upper == null ? 1 : compare(upper.value(), value);
    return (aboveLower > 0 || (aboveLower == 0 && lower != null && lower.inclusive()))
        && (belowUpper > 0 || (belowUpper == 0 && upper != null && upper.inclusive()));
  }

  /**
   * Texts that the column was compared with by {@code =} and that Spark shows for no value of its
   * CQL type, as a UUID in capital letters.
   */
  List<String> neverShown() {
    return List.copyOf(neverShown);
  }

  /**
   * The constraint in CQL: one {@code =} or {@code IN}, or up to two bounds. A cell without bytes
   * is null in Spark and the least of all in Cassandra, so an upper bound comes with a lower one.
   */
  List<Restriction> restrictions() {
    List<Restriction> restrictions = new ArrayList<>();
    if (values != null) {
      List<CqlValue> cells = values();
      restrictions.add(
          cells.size() == 1
              ? restriction(Restriction.Operator.EQUAL, cells.get(0))
              : restriction(Restriction.Operator.IN, CqlValue.listOf(cells)));
      return restrictions;
    }
    if (lower == null && upper != null && LiteralCells.mayBeEmpty(table, column)) {
      LiteralCells.Floor floor = LiteralCells.floor(column);
      restrictions.add(restriction(greater(floor.included()), floor.value()));
    }
    if (lower != null) {
      restrictions.add(restriction(greater(lower.inclusive()), cell(lower.value())));
    }
    if (upper != null) {
      restrictions.add(
          restriction(
              upper.inclusive() ? Restriction.Operator.LESS_OR_EQUAL : Restriction.Operator.LESS,
              cell(upper.value())));
    }
    return restrictions;
  }

  private static Restriction.Operator greater(boolean inclusive) {
    return inclusive ? Restriction.Operator.GREATER_OR_EQUAL : Restriction.Operator.GREATER;
  }

  private Restriction restriction(Restriction.Operator operator, CqlValue value) {
    return new Restriction(column.name(), operator, value);
  }

  private CqlValue cell(Object value) {
    ByteBuffer cell = cells().of(value);
    if (cell == null) {
      throw new IllegalStateException("no cell for a value that has one");
    }
    return new CqlValue(cell);
  }

  @SuppressWarnings("unchecked") // Both are of the column's Spark type.
  private static int compare(Object a, Object b) {
    return a instanceof byte[] bytes
        ? Arrays.compareUnsigned(bytes, (byte[]) b)
        : ((Comparable<Object>) a).compareTo(b);
  }
}
