// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.schema.IndexSpec;
import io.ringside.spark.schema.IndexSpec.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes a table's indexes by the rows that they find. Pure. Driver only. */
final class IndexReader {
  /** Options of a storage-attached index, with the values that leave comparisons exact. */
  private static final Map<String, String> EXACT_OPTIONS =
      Map.of("case_sensitive", "true", "normalize", "false", "ascii", "false");

  /** Options that say where an index is, not how it compares. */
  private static final Set<String> PLACE_OPTIONS = Set.of("target", "class_name");

  /**
   * Types with one encoding of each value. A plain index looks up bytes, so of other types it
   * misses values that are equal: decimals of another scale, {@code varint} with leading bytes,
   * {@code true} as another byte than 1.
   */
  private static final Set<DataType> TYPES_OF_ONE_ENCODING =
      Set.of(
          DataTypes.ASCII,
          DataTypes.TEXT,
          DataTypes.BLOB,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP,
          DataTypes.UUID,
          DataTypes.TIMEUUID,
          DataTypes.INET);

  /**
   * Types that a storage-attached index finds exactly by {@code =}. Not addresses, of which it
   * takes an IPv4 address and the same one mapped into IPv6 as equal, and not {@code varint}, of
   * which it misses values with leading bytes.
   */
  private static final Set<DataType> TYPES_OF_EXACT_VALUES =
      Set.of(
          DataTypes.ASCII,
          DataTypes.TEXT,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.BOOLEAN,
          DataTypes.DECIMAL,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP,
          DataTypes.UUID,
          DataTypes.TIMEUUID);

  /**
   * Types that a storage-attached index finds exactly by range. Not floating point, where it orders
   * a NaN by its sign, and not numbers of any length, whose last bytes it leaves out.
   */
  private static final Set<DataType> TYPES_OF_EXACT_RANGES =
      Set.of(
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP);

  /** Types of which a storage-attached index knows no order, so that the server filters. */
  private static final Set<DataType> TYPES_WITHOUT_RANGES =
      Set.of(
          DataTypes.ASCII, DataTypes.TEXT, DataTypes.BOOLEAN, DataTypes.UUID, DataTypes.TIMEUUID);

  private IndexReader() {}

  /** The indexes on values of columns; those on keys, entries or whole collections are left out. */
  static List<IndexSpec> of(TableMetadata table) {
    List<IndexSpec> indexes = new ArrayList<>();
    for (IndexMetadata index : table.getIndexes().values()) {
      CqlIdentifier target = indexedColumn(index.getTarget());
      ColumnMetadata column = target == null ? null : table.getColumn(target).orElse(null);
      if (column != null) {
        indexes.add(
            new IndexSpec(
                index.getName().asInternal(),
                column.getName().asInternal(),
                equality(index, column),
                range(index, column)));
      }
    }
    return indexes;
  }

  private static Answer equality(IndexMetadata index, ColumnMetadata column) {
    Set<DataType> exact = isPlain(index) ? TYPES_OF_ONE_ENCODING : TYPES_OF_EXACT_VALUES;
    return isComparison(index, column) && exact.contains(column.getType())
        ? Answer.EXACT
        : Answer.DIFFERENT;
  }

  private static Answer range(IndexMetadata index, ColumnMetadata column) {
    if (!isComparison(index, column)) {
      return Answer.DIFFERENT;
    } else if (isPlain(index) || TYPES_WITHOUT_RANGES.contains(column.getType())) {
      return Answer.UNUSED;
    }
    return TYPES_OF_EXACT_RANGES.contains(column.getType()) ? Answer.EXACT : Answer.DIFFERENT;
  }

  /**
   * Whether the index compares values at all. One with an analyser or of a class of its own
   * compares terms; one on a static column finds no row when a clustering column is restricted too.
   */
  private static boolean isComparison(IndexMetadata index, ColumnMetadata column) {
    return !column.isStatic()
        && (isPlain(index) || (isStorageAttached(index) && hasExactOptions(index)));
  }

  private static boolean isPlain(IndexMetadata index) {
    return index.getKind() != IndexKind.CUSTOM;
  }

  private static boolean isStorageAttached(IndexMetadata index) {
    String name = index.getClassName().orElse("");
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return simple.equalsIgnoreCase("sai") || simple.equalsIgnoreCase("StorageAttachedIndex");
  }

  /** An option that is not known here may be an analyser's. */
  private static boolean hasExactOptions(IndexMetadata index) {
    for (Map.Entry<String, String> option : index.getOptions().entrySet()) {
      String value = option.getValue().toLowerCase(Locale.ROOT);
      if (!PLACE_OPTIONS.contains(option.getKey())
          && !value.equals(EXACT_OPTIONS.get(option.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** The column of an index on values; null for one on keys, entries or whole collections. */
  private static @Nullable CqlIdentifier indexedColumn(String target) {
    try {
      return CqlIdentifier.fromCql(target);
    } catch (IllegalArgumentException functionOfAColumn) {
      return null;
    }
  }
}
