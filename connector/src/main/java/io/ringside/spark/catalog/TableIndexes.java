// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.connector.catalog.index.TableIndex;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;

/** Indexes as Spark lists them. Pure. Driver only. */
public final class TableIndexes {
  private TableIndexes() {}

  /** Spark's descriptions of a table's indexes, in the order of the map. */
  public static TableIndex[] of(Map<CqlIdentifier, IndexMetadata> indexes) {
    return indexes.values().stream().map(TableIndexes::describe).toArray(TableIndex[]::new);
  }

  private static TableIndex describe(IndexMetadata index) {
    Properties options = new Properties();
    index.getOptions().forEach(options::setProperty);
    String type =
        index.getClassName().orElseGet(() -> index.getKind().name().toLowerCase(Locale.ROOT));
    return new TableIndex(
        index.getName().asInternal(),
        type,
        new NamedReference[] {Expressions.column('`' + index.getTarget().replace("`", "``") + '`')},
        Map.of(),
        options);
  }
}
