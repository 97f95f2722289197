// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.insert.InsertInto;
import com.datastax.oss.driver.api.querybuilder.insert.RegularInsert;
import com.datastax.oss.driver.api.querybuilder.term.Term;
import io.ringside.spark.schema.TableSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts of {@code INSERT} statements; every value is a positional bind marker. */
public final class InsertQuery {
  private InsertQuery() {}

  /**
   * Inserts one row: {@code INSERT INTO … (a,b) VALUES (?,?)}.
   *
   * @param columns names of the columns, in the order of their markers
   */
  public static String of(TableSpec table, List<String> columns) {
    return insert(table, columns).asCql();
  }

  /** As {@link #of}, with a time to live in seconds as the last marker. */
  public static String withTtl(TableSpec table, List<String> columns) {
    return insert(table, columns).usingTtl(bindMarker()).asCql();
  }

  private static RegularInsert insert(TableSpec table, List<String> columns) {
    InsertInto into =
        QueryBuilder.insertInto(
            CqlIdentifier.fromInternal(table.keyspace()),
            CqlIdentifier.fromInternal(table.table()));
    Map<CqlIdentifier, Term> values = new LinkedHashMap<>();
    for (String column : columns) {
      values.put(CqlIdentifier.fromInternal(column), bindMarker());
    }
    return into.valuesByIds(values);
  }
}
