// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.config.WriteConfig;
import io.ringside.spark.config.WriteOperation;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which options an operation cannot follow. An option that is set is followed or refused, never
 * passed over: who deletes rows under a condition means the condition. Driver only.
 */
public final class WriteOptions {
  /** What a job or a statement does to rows. */
  public enum Operation {
    /** Rows of a DataFrame or of {@code INSERT} are written. */
    WRITE("write to"),
    /** Rows of keys in a DataFrame are deleted, or those of a {@code DELETE}. */
    DELETE("delete from"),
    /** {@code UPDATE}. */
    UPDATE("update"),
    /** {@code MERGE}. */
    MERGE("merge into");

    private final String words;

    Operation(String words) {
      this.words = words;
    }
  }

  /**
   * An option and the operations that cannot follow it.
   *
   * @param isSet whether a configuration asks for it
   */
  record Rule(String option, Predicate<WriteConfig> isSet, Set<Operation> refusedBy) {}

  private static final Set<Operation> CHANGES =
      EnumSet.of(Operation.DELETE, Operation.UPDATE, Operation.MERGE);

  private static final Set<Operation> NONE = EnumSet.noneOf(Operation.class);

  /** Every option of writes that says something about rows. */
  static final List<Rule> RULES =
      List.of(
          new Rule("write.if", write -> write.condition().condition() != null, CHANGES),
          new Rule("write.if-not-exists", write -> write.condition().ifNotExists(), CHANGES),
          new Rule(
              "write.ttl",
              write -> write.rows().ttlSeconds() != null,
              EnumSet.of(Operation.DELETE)),
          new Rule("write.ttl-column", write -> write.rows().ttlColumn() != null, CHANGES),
          new Rule(
              "write.timestamp-column", write -> write.rows().timestampColumn() != null, CHANGES),
          new Rule("write.cell-metadata", write -> write.rows().cellMetadata(), CHANGES),
          new Rule("write.collection", write -> write.rows().changesCollections(), CHANGES),
          new Rule(
              "write.operation",
              write -> write.job().operation() != WriteOperation.UPSERT,
              EnumSet.of(Operation.UPDATE, Operation.MERGE)),
          new Rule("write.timestamp", write -> true, NONE),
          new Rule("write.nulls", write -> true, NONE),
          new Rule("write.conversion", write -> true, NONE),
          new Rule("write.time-zone", write -> true, NONE));

  private WriteOptions() {}

  /**
   * Refuses what an operation cannot follow.
   *
   * @throws InvalidInputException INVALID_OPTION with all such options
   */
  public static void check(Operation operation, TableSpec table, WriteConfig write) {
    List<String> refused =
        RULES.stream()
            .filter(rule -> rule.refusedBy().contains(operation) && rule.isSet().test(write))
            .map(rule -> "'" + rule.option() + "'")
            .toList();
    if (!refused.isEmpty()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot %s %s: it cannot follow %s %s, set for this statement, its catalog or the session. Leave out what is named, or write the rows by INSERT or as a DataFrame."
              .formatted(
                  operation.words,
                  table.displayName(),
                  refused.size() == 1 ? "option" : "options",
                  String.join(", ", refused)));
    }
  }
}
