// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.bindMarker;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.querybuilder.QueryBuilder;
import com.datastax.oss.driver.api.querybuilder.insert.Insert;
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
    return of(table, columns, Using.NOTHING, false);
  }

  /**
   * As {@link #of(TableSpec, List)}, with the markers of {@code using} after those of the columns.
   *
   * @param ifNotExists whether rows that exist stay as they are
   */
  public static String of(TableSpec table, List<String> columns, Using using, boolean ifNotExists) {
    Map<CqlIdentifier, Term> values = new LinkedHashMap<>();
    for (String column : columns) {
      values.put(CqlIdentifier.fromInternal(column), bindMarker());
    }
    RegularInsert row =
        QueryBuilder.insertInto(
                CqlIdentifier.fromInternal(table.keyspace()),
                CqlIdentifier.fromInternal(table.table()))
            .valuesByIds(values);
    Insert insert = ifNotExists ? row.ifNotExists() : row;
    if (using.timestamp()) {
      insert = insert.usingTimestamp(bindMarker());
    }
    if (using.ttl()) {
      insert = insert.usingTtl(bindMarker());
    }
    return insert.asCql();
  }
}
