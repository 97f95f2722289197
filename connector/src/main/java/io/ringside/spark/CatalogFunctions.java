// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.function.TokenFunction;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TokenName;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/**
 * The functions of a catalog: {@code token(…)} of values, and {@code <keyspace>.<table>.token(…)}
 * of a table's partition key, as {@code docs/copying.md} says. Driver only.
 */
final class CatalogFunctions {
  private CatalogFunctions() {}

  /** {@code token}, in no namespace and in that of each table. */
  static Identifier[] list(String[] namespace) {
    return namespace.length == 0 || namespace.length == 2
        ? new Identifier[] {Identifier.of(namespace, TokenName.NAME)}
        : new Identifier[0];
  }

  /**
   * One of them.
   *
   * @param requests makes the request to the cluster, if the name is that of a function
   * @throws NoSuchFunctionException when there is none of this name, or no such table
   * @throws UnsupportedException UNSUPPORTED_OPERATION when the cluster has another partitioner
   */
  static UnboundFunction load(Identifier identifier, Supplier<CatalogRequest> requests)
      throws NoSuchFunctionException {
    String[] namespace = identifier.namespace();
    if (!identifier.name().equalsIgnoreCase(TokenName.NAME)
        || (namespace.length != 0 && namespace.length != 2)) {
      throw new NoSuchFunctionException(identifier);
    }
    CatalogRequest request = requests.get();
    if (request.ask(ClusterMetadata::partitioner) != Partitioner.MURMUR3) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot compute token: the cluster's partitioner is not Murmur3Partitioner. Use token in"
              + " CQL.");
    }
    if (namespace.length == 0) {
      return TokenFunction.ofValues();
    }
    try {
      TableSpec table = request.table(Identifier.of(new String[] {namespace[0]}, namespace[1]));
      return TokenFunction.ofKey(
          table.partitionKey(), DecimalTypes.parse(request.config().decimals()));
    } catch (NoSuchTableException e) {
      throw new NoSuchFunctionException(identifier);
    }
  }
}
