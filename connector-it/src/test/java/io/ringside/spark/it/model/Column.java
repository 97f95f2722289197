// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

/**
 * A column of a table under test.
 *
 * @param name lower case
 */
record Column(String name, Role role, CellType type) {
  /** What a column is to its table. */
  enum Role {
    PARTITION,
    CLUSTERING,
    STATIC,
    REGULAR
  }

  /** The types of the test's columns. */
  enum CellType {
    INT("int", "int"),
    TEXT("text", "string"),
    LIST("list<int>", "array<int>"),
    SET("set<text>", "array<string>"),
    MAP("map<text, int>", "map<string, int>");

    private final String cql;
    private final String spark;

    CellType(String cql, String spark) {
      this.cql = cql;
      this.spark = spark;
    }

    String cql() {
      return cql;
    }

    String spark() {
      return spark;
    }
  }

  boolean isKey() {
    return role == Role.PARTITION || role == Role.CLUSTERING;
  }
}
