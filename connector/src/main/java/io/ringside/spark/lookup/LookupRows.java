// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.read.fetch.KeyLookup;
import io.ringside.spark.read.fetch.KeyLookups;
import io.ringside.spark.read.fetch.ScanTarget;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one task of a lookup join, in the order of the Dataset's rows. Rows are taken from
 * the Dataset ahead of those that are given, as long as their keys can be asked for; rows with one
 * key share its answer where that is one page. One per task, used by the task's thread.
 */
final class LookupRows implements Iterator<Row> {
  /** Rows of the Dataset that wait at most; many may share a key. */
  private static final int MOST_WAITING = 2048;

  private final Iterator<Row> dataset;
  private final LookupPlan plan;
  private final KeyReader keys;
  private final int partitionColumns;
  private final Function<List<CqlValue>, BigInteger> tokens;
  private final KeyLookups lookups;
  private final AnswerReader answer;
  private final @Nullable AnswerCache cache;
  private final Deque<WaitingRow> waiting = new ArrayDeque<>();
  private final Map<List<CqlValue>, SharedLookup> shared = new HashMap<>();
  private @Nullable Matches matches;
  private @Nullable Row next;

  /**
   * Joins these rows.
   *
   * @param tokens of partition keys
   */
  LookupRows(
      Iterator<Row> dataset,
      LookupPlan plan,
      Function<List<CqlValue>, BigInteger> tokens,
      KeyLookups lookups,
      @Nullable AnswerCache cache) {
    this.dataset = dataset;
    this.plan = plan;
    this.keys = new KeyReader(plan);
    this.partitionColumns = plan.table().partitionKey().size();
    this.tokens = tokens;
    this.lookups = lookups;
    this.answer = new AnswerReader(plan);
    this.cache = cache;
  }

  /**
   * A row of the Dataset.
   *
   * @param lookup null where no row of the table can have its key
   */
  private record WaitingRow(Row row, @Nullable SharedLookup lookup) {}

  /**
   * True while there are rows. Blocks until they have arrived.
   *
   * @throws ConnectorException READ_FAILED when a key could not be looked up
   * @throws UncheckedIOException when Spark kills the task
   */
  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        if (matches == null) {
          fill(1);
          WaitingRow first = waiting.poll();
          if (first == null) {
            return false;
          }
          matches = new Matches(first);
        }
        next = matches.next();
        if (next == null) {
          matches = null;
        }
      }
      return true;
    } catch (UnreadableRowsException e) {
      throw lookups.unreadable(e);
    }
  }

  @Override
  public Row next() {
    Row row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return row;
  }

  /**
   * Takes rows of the Dataset while there is room to look up their keys.
   *
   * @param least that wait then, room or not
   */
  private void fill(int least) {
    while (waiting.size() < MOST_WAITING
        && (waiting.size() < least || lookups.hasRoom())
        && dataset.hasNext()) {
      Row row = dataset.next();
      List<CqlValue> key = plan.query().never() ? null : keys.of(row);
      SharedLookup lookup = key == null ? null : lookup(key);
      if (lookup != null) {
        lookup.joined();
      }
      waiting.add(new WaitingRow(row, lookup));
    }
  }

  private SharedLookup lookup(List<CqlValue> key) {
    SharedLookup known = shared.get(key);
    if (known != null) {
      return known;
    }
    List<EncodedRows> kept = cache == null ? null : cache.find(key);
    SharedLookup lookup = new SharedLookup(key, kept == null ? ask(key) : null, kept);
    shared.put(key, lookup);
    return lookup;
  }

  private KeyLookup ask(List<CqlValue> key) {
    List<CqlValue> partition = key.subList(0, partitionColumns);
    KeyLookup lookup = lookups.add(new ScanTarget.OfPartition(key, tokens.apply(partition)));
    lookups.advance();
    return lookup;
  }

  /** The rows of the result for one row of the Dataset. */
  private final class Matches {
    private final Row left;
    private final @Nullable SharedLookup lookup;
    private @Nullable Iterator<EncodedRows> known;
    private int row;
    private int rows;
    private boolean given;
    private boolean ended;

    Matches(WaitingRow of) {
      this.left = of.row();
      this.lookup = of.lookup();
      if (lookup != null) {
        arrive(lookup);
      }
    }

    /**
     * Waits for the first page, and keeps it for the other rows of the key if it is the only one.
     */
    private void arrive(SharedLookup ofKey) {
      if (ofKey.pages() == null) {
        KeyLookup underWay = ofKey.lookup();
        if (underWay == null) {
          // Another row with this key has read its pages, which were too many to keep.
          underWay = ask(ofKey.key());
          ofKey.lookup(underWay);
        }
        while (!underWay.hasArrived()) {
          // Later keys that have arrived leave their places to others.
          fill(0);
          lookups.await(underWay);
        }
        if (underWay.isWhole()) {
          ofKey.pages(underWay.pages());
          if (cache != null) {
            cache.keep(ofKey.key(), underWay.pages());
          }
        }
      }
      List<EncodedRows> pages = ofKey.pages();
      known = pages == null ? null : pages.iterator();
    }

    /** The next row of the result, or null after the last one. */
    @Nullable Row next() {
      if (ended) {
        return null;
      }
      Row result =
          plan.kind().givesTableColumns()
              ? nextJoined()
              : exists() == (plan.kind() == JoinKind.LEFT_SEMI) ? left(0) : null;
      if (result == null || !plan.kind().givesTableColumns()) {
        end();
      }
      return result;
    }

    private boolean exists() {
      return nextPage() != null;
    }

    private @Nullable Row nextJoined() {
      while (row == rows) {
        EncodedRows page = nextPage();
        if (page == null) {
          boolean alone = !given && plan.kind() == JoinKind.LEFT_OUTER;
          given = true;
          return alone ? left(answer.columns()) : null;
        }
        answer.point(page);
        rows = page.count();
        row = 0;
      }
      given = true;
      @Nullable Object[] values = values(answer.columns());
      answer.read(row++, values, plan.datasetColumns());
      return RowFactory.create(values);
    }

    private @Nullable EncodedRows nextPage() {
      if (lookup == null) {
        return null;
      } else if (known != null) {
        return known.hasNext() ? known.next() : null;
      }
      KeyLookup underWay = lookup.lookup();
      return underWay == null ? null : lookups.nextPage(underWay);
    }

    private Row left(int nulls) {
      return RowFactory.create(values(nulls));
    }

    private @Nullable Object[] values(int more) {
      @Nullable Object[] values = new Object[plan.datasetColumns() + more];
      for (int c = 0; c < plan.datasetColumns(); c++) {
        values[c] = left.get(c);
      }
      return values;
    }

    /** Frees the pages that no other row needs. */
    private void end() {
      ended = true;
      if (lookup == null) {
        return;
      }
      boolean last = lookup.left();
      KeyLookup underWay = lookup.lookup();
      if (underWay != null && (last || known == null)) {
        lookups.release(underWay);
        lookup.lookup(null);
      }
      if (last) {
        shared.remove(lookup.key());
      }
    }
  }
}
