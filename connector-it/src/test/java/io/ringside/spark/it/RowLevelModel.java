// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What statements that change rows come to, said with plain queries: over the view {@code before},
 * the rows of the table, and for a merge the view {@code source}.
 *
 * @param statement changes the table {@code $t}
 * @param expected selects the table's rows afterwards
 */
record RowLevelModel(String statement, String expected) {

  /** A part of a merge: {@code WHEN … THEN …}. */
  record Clause(Kind kind, String condition, Map<String, String> assignments) {
    /** Which rows a clause is for, and what it does. */
    enum Kind {
      UPDATE("MATCHED", true, true),
      DELETE("MATCHED", true, true),
      INSERT("NOT MATCHED", false, true),
      UPDATE_BY_SOURCE("NOT MATCHED BY SOURCE", true, false),
      DELETE_BY_SOURCE("NOT MATCHED BY SOURCE", true, false);

      private final String words;
      private final String rows;

      Kind(String words, boolean inTable, boolean inSource) {
        this.words = words;
        this.rows =
            (inTable ? "" : "NOT ") + "in_table AND " + (inSource ? "" : "NOT ") + "in_source";
      }
    }

    private String text(List<String> columns) {
      String start =
          "WHEN " + kind.words + (condition.equals("true") ? "" : " AND " + condition) + " THEN ";
      return switch (kind) {
        case DELETE, DELETE_BY_SOURCE -> start + "DELETE";
        case UPDATE, UPDATE_BY_SOURCE -> start + "UPDATE SET " + list(assignments, "t.");
        case INSERT ->
            start
                + "INSERT ("
                + String.join(", ", names(columns))
                + ") VALUES ("
                + names(columns).stream().map(assignments::get).collect(Collectors.joining(", "))
                + ")";
      };
    }

    private List<String> names(List<String> columns) {
      return columns.stream().filter(assignments::containsKey).toList();
    }

    private boolean deletes() {
      return kind == Kind.DELETE || kind == Kind.DELETE_BY_SOURCE;
    }
  }

  private static String list(Map<String, String> assignments, String prefix) {
    return assignments.entrySet().stream()
        .map(assignment -> prefix + assignment.getKey() + " = " + assignment.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Deletes the rows that a condition is true for. */
  static RowLevelModel delete(String condition) {
    return new RowLevelModel(
        "DELETE FROM $t WHERE " + condition,
        "SELECT * FROM before WHERE NOT coalesce(" + condition + ", false)");
  }

  /** Updates the rows that a condition is true for. */
  static RowLevelModel update(
      List<String> columns, String condition, Map<String, String> assignments) {
    String expected =
        columns.stream()
            .map(
                column ->
                    assignments.containsKey(column)
                        ? "if(coalesce(%s, false), %s, %s) AS %s"
                            .formatted(condition, assignments.get(column), column, column)
                        : column)
            .collect(Collectors.joining(", ", "SELECT ", " FROM before"));
    return new RowLevelModel(
        "UPDATE $t SET " + list(assignments, "") + " WHERE " + condition, expected);
  }

  /** Merges the source; columns are named {@code t.x} and {@code s.x}. */
  static RowLevelModel merge(List<String> columns, String on, List<Clause> clauses) {
    String statement =
        "MERGE INTO $t AS t USING source AS s ON "
            + on
            + clauses.stream()
                .map(clause -> " " + clause.text(columns))
                .collect(Collectors.joining());
    List<String> cases = new ArrayList<>();
    for (int i = 0; i < clauses.size(); i++) {
      cases.add(
          "WHEN %s AND %s THEN %d"
              .formatted(clauses.get(i).kind().rows, clauses.get(i).condition(), i));
    }
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      StringBuilder value = new StringBuilder("CASE done");
      for (int i = 0; i < clauses.size(); i++) {
        Clause clause = clauses.get(i);
        String other = clause.kind() == Clause.Kind.INSERT ? "null" : "t." + column;
        value
            .append(" WHEN ")
            .append(i)
            .append(" THEN ")
            .append(clause.assignments().getOrDefault(column, other));
      }
      values.add(value + " ELSE t." + column + " END AS " + column);
    }
    List<String> deleted = new ArrayList<>(List.of("-2"));
    for (int i = 0; i < clauses.size(); i++) {
      if (clauses.get(i).deletes()) {
        deleted.add(String.valueOf(i));
      }
    }
    String expected =
        "WITH joined AS (SELECT t, s, t IS NOT NULL AS in_table, s IS NOT NULL AS in_source FROM"
            + " (SELECT struct(*) AS t FROM before) FULL OUTER JOIN (SELECT struct(*) AS s FROM"
            + " source) ON "
            + on
            + "), decided AS (SELECT *, CASE "
            + String.join(" ", cases)
            + " ELSE -1 END AS done FROM joined) SELECT "
            + String.join(", ", values)
            + " FROM decided WHERE done NOT IN ("
            + String.join(", ", deleted)
            + ") AND (in_table OR done >= 0)";
    return new RowLevelModel(statement, expected);
  }
}
