// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.CassandraCatalog;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.ProcedureCatalog;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;

/**
 * A {@link CassandraCatalog} with procedures for {@code CALL}, for Spark 4.0 and newer: {@code
 * spark.sql.catalog.<name>=io.ringside.spark.spark4.CassandraProcedureCatalog}. Made by Spark by
 * its class name. Driver only.
 */
public final class CassandraProcedureCatalog extends CassandraCatalog implements ProcedureCatalog {
  private static final String NAMESPACE = "system";

  private final List<CatalogProcedure> procedures =
      List.of(
          new CqlProcedure(this::name, this::config),
          new SplitsProcedure(this::config),
          new LookupJoinProcedure(this::lookups));

  /** For Spark, which makes catalogs by their class name. */
  public CassandraProcedureCatalog() {}

  /**
   * A procedure by its name, in any case.
   *
   * @throws InvalidInputException NOT_FOUND with the names that there are
   */
  @Override
  public UnboundProcedure loadProcedure(Identifier identifier) {
    if (isOwn(identifier.namespace())) {
      for (CatalogProcedure procedure : procedures) {
        if (procedure.name().equalsIgnoreCase(identifier.name())) {
          return procedure;
        }
      }
    }
    throw new InvalidInputException(
        ErrorCode.NOT_FOUND,
        "Cannot call procedure %s: there is none of this name. There are %s."
            .formatted(identifier, Arrays.toString(listProcedures(new String[] {NAMESPACE}))));
  }

  private static boolean isOwn(String[] namespace) {
    return namespace.length == 1 && namespace[0].equalsIgnoreCase(NAMESPACE);
  }

  /** All procedures are in the namespace {@code system}. Asked for since Spark 4.1. */
  @Override
  public Identifier[] listProcedures(String[] namespace) {
    return isOwn(namespace)
        ? procedures.stream()
            .map(procedure -> Identifier.of(new String[] {NAMESPACE}, procedure.name()))
            .toArray(Identifier[]::new)
        : new Identifier[0];
  }
}
