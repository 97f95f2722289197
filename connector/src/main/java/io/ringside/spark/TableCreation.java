// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.catalog.DropProtection;
import io.ringside.spark.catalog.NameRule;
import io.ringside.spark.catalog.SchemaStatements;
import io.ringside.spark.catalog.TableDeclaration;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.session.SessionLease;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Makes a table of a catalog. Driver only; one per call.
 *
 * @param request of the call
 * @param catalog its name
 */
record TableCreation(CatalogRequest request, String catalog) {
  /**
   * Makes a table and loads it.
   *
   * @throws UnsupportedException UNSUPPORTED_OPERATION in the catalog behind {@code
   *     format("cassandra")}, INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  CassandraTable create(Identifier identifier, TableDeclaration table)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    make(identifier, table);
    try {
      return request.strict(identifier);
    } catch (NoSuchTableException e) {
      throw gone(identifier, e);
    }
  }

  /**
   * Makes the table of a query at once; it is dropped again should the query fail.
   *
   * @throws InvalidInputException as {@link #create}
   */
  StagedTable stage(Identifier identifier, TableDeclaration table)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    make(identifier, table);
    try {
      return new StagedCassandraTable(
          request.acceptingPartialRows(identifier), () -> undo(identifier));
    } catch (NoSuchTableException e) {
      throw gone(identifier, e);
    }
  }

  private void make(Identifier identifier, TableDeclaration table)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    if (SourceCatalogs.contains(catalog)) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot create table %s: format(\"cassandra\") makes no tables. Use mode(\"append\") for one"
                  .formatted(identifier)
              + " that exists, or make it through a catalog.");
    }
    SQLConf conf = SQLConf.get();
    NameRule names = conf.caseSensitiveAnalysis() ? NameRule.EXACT : NameRule.ANY_CASE;
    try (SessionLease lease = request.lease()) {
      request
          .statements(lease)
          .createTable(identifier, table.inSession(names, conf.defaultDataSourceName()));
    }
  }

  private void undo(Identifier identifier) {
    try (SessionLease lease = request.lease()) {
      new SchemaStatements(lease.session(), DropProtection.OFF).dropTable(identifier);
    }
  }

  private static InvalidInputException gone(Identifier identifier, NoSuchTableException e) {
    return new InvalidInputException(
        ErrorCode.DDL_FAILED,
        "Cannot create table %s: it was created and has been dropped since. Find out who drops it."
            .formatted(identifier),
        e);
  }
}
