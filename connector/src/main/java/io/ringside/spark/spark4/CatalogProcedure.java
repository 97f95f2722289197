// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.procedures.BoundProcedure;
import org.apache.spark.sql.connector.catalog.procedures.ProcedureParameter;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A procedure with texts as its parameters and one table as its result. Driver only. */
abstract class CatalogProcedure implements UnboundProcedure, BoundProcedure {
  private final String name;
  private final List<Parameter> parameters;
  private final String description;

  /** A procedure of a catalog. */
  CatalogProcedure(String name, String description, List<Parameter> parameters) {
    this.name = name;
    this.description = description;
    this.parameters = List.copyOf(parameters);
  }

  /** A text that a call gives. */
  record Parameter(String name, boolean required) {
    static Parameter required(String name) {
      return new Parameter(name, true);
    }

    static Parameter optional(String name) {
      return new Parameter(name, false);
    }

    private ProcedureParameter forSpark() {
      ProcedureParameter.Builder builder = ProcedureParameter.in(name, DataTypes.StringType);
      return (required ? builder : builder.defaultValue("NULL")).build();
    }
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
    return parameters.stream().map(Parameter::forSpark).toArray(ProcedureParameter[]::new);
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public Iterator<Scan> call(InternalRow input) {
    Map<String, String> arguments = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (!input.isNullAt(i)) {
        arguments.put(parameter.name(), input.getUTF8String(i).toString());
      } else if (parameter.required()) {
        throw new InvalidInputException(
            ErrorCode.INVALID_VALUE,
            "Cannot call procedure %s: its parameter %s is null. Give it a value."
                .formatted(name, parameter.name()));
      }
    }
    return List.<Scan>of(run(new Arguments(arguments))).iterator();
  }

  /** Does the work, once for each call. */
  abstract Result run(Arguments arguments);

  /** What a call gives, by the names of the parameters; all that are required, and no nulls. */
  record Arguments(Map<String, String> byName) {
    /** Copies the map. */
    Arguments {
      byName = Map.copyOf(byName);
    }

    /** The argument of a parameter that is required. */
    String required(String parameter) {
      return Objects.requireNonNull(byName.get(parameter));
    }

    /** The argument of a parameter, or null. */
    @Nullable String optional(String parameter) {
      return byName.get(parameter);
    }
  }

  /** Rows that are there already. */
  record Result(StructType readSchema, List<InternalRow> answer) implements LocalScan {
    @Override
    public InternalRow[] rows() {
      return answer.toArray(InternalRow[]::new);
    }
  }
}
