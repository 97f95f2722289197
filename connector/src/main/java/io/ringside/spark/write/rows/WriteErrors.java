// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.error.ConnectorExceptions;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what speaks against a write, so that a user sees all of it at once. Driver only. */
public final class WriteErrors {
  private final List<String> reasons = new ArrayList<>();
  private ErrorCode code = ErrorCode.INVALID_OPTION;

  /**
   * Refuses views and virtual tables.
   *
   * @throws UnsupportedException UNSUPPORTED_TABLE
   */
  public static void failIfNoTable(TableSpec table) {
    if (table.kind() != TableKind.TABLE) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_TABLE,
          "Cannot write to %s: it is a %s. Write to a table."
              .formatted(
                  table.displayName(),
                  table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
  }

  /** Adds a reason and what to do; the code of the first one counts. */
  public void add(ErrorCode kind, String reason) {
    if (reasons.isEmpty()) {
      code = kind;
    }
    reasons.add(reason);
  }

  /** Adds what a conversion fails with. */
  void check(Runnable conversion) {
    try {
      conversion.run();
    } catch (InvalidInputException | UnsupportedException e) {
      add(e.code(), e.sentence());
    }
  }

  /**
   * Ends the planning when there is any reason.
   *
   * @throws RuntimeException with all of them, by the code of the first
   */
  public void failIfAny(TableSpec table) {
    if (!reasons.isEmpty()) {
      throw ConnectorExceptions.of(
          code, "Cannot write to %s: %s".formatted(table.displayName(), String.join(" ", reasons)));
    }
  }
}
