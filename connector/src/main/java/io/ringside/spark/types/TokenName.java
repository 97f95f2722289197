// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.schema.ColumnSpec;
import java.util.List;
import java.util.stream.Collectors;

/** What Spark knows the function {@code token(…)} and its calls by. Pure. Driver and executors. */
public final class TokenName {
  /** The function's name. */
  public static final String NAME = "token";

  private TokenName() {}

  /**
   * What a call is known by: functions of the same name give the same token.
   *
   * @param key the CQL types of the arguments
   */
  public static String canonical(List<ColumnSpec> key) {
    return key.stream()
        .map(column -> TypeErrors.cql(column.type()))
        .collect(Collectors.joining(",", "io.ringside.spark.token(", ")"));
  }
}
