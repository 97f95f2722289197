// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.procedures.BoundProcedure;
import org.apache.spark.sql.connector.catalog.procedures.ProcedureParameter;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A procedure with one text as its parameter and one table as its result. Driver only. */
abstract class CatalogProcedure implements UnboundProcedure, BoundProcedure {
  private final String name;
  private final String parameter;
  private final String description;
  private final Supplier<ConnectorConfig> config;

  /**
   * A procedure of a catalog.
   *
   * @param config of the catalog at the time of a call
   */
  CatalogProcedure(
      String name, String parameter, String description, Supplier<ConnectorConfig> config) {
    this.name = name;
    this.parameter = parameter;
    this.description = description;
    this.config = config;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  /** The same for all arguments; Spark casts them or refuses. */
  @Override
  public BoundProcedure bind(StructType inputType) {
    return this;
  }

  @Override
  public ProcedureParameter[] parameters() {
    return new ProcedureParameter[] {
      ProcedureParameter.in(parameter, DataTypes.StringType).build()
    };
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public Iterator<Scan> call(InternalRow input) {
    if (input.isNullAt(0)) {
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot call procedure %s: its parameter %s is null. Give it a value."
              .formatted(name, parameter));
    }
    return List.<Scan>of(run(input.getUTF8String(0).toString(), config.get())).iterator();
  }

  /** Does the work, once for each call. */
  abstract Result run(String argument, ConnectorConfig catalog);

  /** Rows that are there already. */
  record Result(StructType readSchema, List<InternalRow> answer) implements LocalScan {
    @Override
    public InternalRow[] rows() {
      return answer.toArray(InternalRow[]::new);
    }
  }
}
