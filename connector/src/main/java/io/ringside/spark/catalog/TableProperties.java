// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import io.ringside.spark.cql.ClusteringColumn;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.TableCatalog;

/**
 * A table's options and clustering key as Spark's table properties, which {@link CreateTable}
 * reads. Pure. Driver only.
 */
public final class TableProperties {
  private TableProperties() {}

  /**
   * The properties of a table or materialized view; options that the server does not publish are
   * left out.
   */
  public static Map<String, String> of(TableSpec table, RelationMetadata relation) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(TableCatalog.PROP_PROVIDER, "cassandra");
    List<ClusteringColumn> clustering =
        table.clusteringColumns().stream()
            .map(column -> new ClusteringColumn(column.name(), column.descending()))
            .toList();
    if (!clustering.isEmpty()) {
      properties.put(KeyDefinition.PROPERTY, ClusteringColumn.text(clustering));
    }
    for (TableOption option : TableOption.values()) {
      Object value = relation.getOptions().get(CqlIdentifier.fromInternal(option.property()));
      if (value != null && !value.equals("")) {
        properties.put(option.property(), option.text(value));
      }
    }
    return properties;
  }
}
