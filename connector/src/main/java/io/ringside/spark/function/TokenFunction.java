// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.function;

import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.types.CqlDefaults;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TokenName;
import io.ringside.spark.types.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The SQL function {@code token(…)}: the token that {@code Murmur3Partitioner} gives a partition
 * key of these values. A value's bytes depend on its CQL type, so the function of a table takes
 * that table's key; the function of no table takes only values whose CQL type follows from their
 * Spark type. Driver only.
 */
public final class TokenFunction implements UnboundFunction {
  private final @Nullable List<ColumnSpec> key;
  private final DecimalTypes decimals;

  private TokenFunction(@Nullable List<ColumnSpec> key, DecimalTypes decimals) {
    this.key = key;
    this.decimals = decimals;
  }

  /** The function of no table. */
  public static TokenFunction ofValues() {
    return new TokenFunction(null, DecimalTypes.defaults());
  }

  /**
   * The function of a table.
   *
   * @param key the table's partition key
   */
  public static TokenFunction ofKey(List<ColumnSpec> key, DecimalTypes decimals) {
    return new TokenFunction(List.copyOf(key), decimals);
  }

  @Override
  public String name() {
    return TokenName.NAME;
  }

  @Override
  public String description() {
    return "token(pk, ...): the token of a partition key, by Murmur3Partitioner";
  }

  /**
   * The function of arguments of these types.
   *
   * @throws UnsupportedOperationException when the bytes of a key do not follow from them
   */
  @Override
  public BoundFunction bind(StructType arguments) {
    List<ColumnSpec> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    List<ColumnSpec> known = key;
    if (known == null) {
      for (StructField argument : arguments.fields()) {
        columns.add(
            ColumnSpec.of(TokenName.NAME, cqlType(argument.dataType()), ColumnKind.PARTITION_KEY));
        types.add(argument.dataType());
      }
    } else {
      columns.addAll(known);
      for (ColumnSpec column : known) {
        checkBytes(column);
        types.add(TypeMapping.sparkType(column, decimals));
      }
    }
    int given = arguments.fields().length;
    if (columns.isEmpty() || given != columns.size()) {
      throw new UnsupportedOperationException(
          "Cannot call token with %d arguments: the partition key has %s columns. Give each of them a value."
              .formatted(given, known == null ? "more" : known.size()));
    }
    return new BoundTokenFunction(columns, types);
  }

  /** Refuses a column of which a value in Spark does not say the bytes that it has as a key. */
  private static void checkBytes(ColumnSpec column) {
    if (!CqlKind.of(column.type()).identifiesKeys()) {
      throw new UnsupportedOperationException(
          "Cannot call token with column '%s': a value of CQL type %s does not determine its bytes in Spark. Use the column _token."
              .formatted(column.name(), column.type().asCql(true, true)));
    }
  }

  private static com.datastax.oss.driver.api.core.type.DataType cqlType(DataType type) {
    com.datastax.oss.driver.api.core.type.DataType cql = CqlDefaults.ofScalar(type);
    if (cql == null) {
      throw new UnsupportedOperationException(
          "Cannot call token with a value of Spark type %s: it does not determine the CQL type, and so not the bytes of the key. Call the function of the table, <catalog>.<keyspace>.<table>.token, or use the column _token."
              .formatted(type.catalogString()));
    }
    return cql;
  }
}
