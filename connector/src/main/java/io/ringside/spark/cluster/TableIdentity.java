// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a table still has the key and the types that a query was planned for; its cells would be
 * decoded by the wrong types, or land in other columns, if it was dropped and made anew with
 * others. A table that was made anew with the same ones is read and written as what it is now, like
 * the table of any statement that is prepared again; rows that are lost because that happens while
 * a task reads them are an error. Driver and executors.
 */
public final class TableIdentity {
  private TableIdentity() {}

  /**
   * Compares a table's key and the types of some of its columns with what the session knows of it.
   * Asks nothing as long as they are the same. What the session does not know is left to the
   * server, which refuses statements about tables and columns that are gone.
   *
   * @param session one that knows the table's keyspace
   * @param action of which table, as the error says it: {@code read shop.orders}
   * @throws InvalidInputException INVALID_SCHEMA when the key, or a column, is another one
   */
  public static void check(
      CqlSession session, TableSpec planned, List<ColumnSpec> columns, String action) {
    if (planned.id() == null || difference(session, planned, columns) == null) {
      return;
    }
    // What the session knows may be older than the plan.
    Sessions.refreshSchema(session);
    String difference = difference(session, planned, columns);
    if (difference != null) {
      throw changed(action, difference + " since the query was planned");
    }
  }

  /**
   * To be called when a task has read a table: rows are missing if it was dropped and made anew
   * meanwhile. Asks nothing.
   *
   * @param start when the task began, by the clock of its JVM
   * @throws InvalidInputException INVALID_SCHEMA when the session has heard that the table was made
   *     anew after the start
   */
  public static void checkNotMadeSince(
      CqlSession session, TableSpec planned, Instant start, String action) {
    RelationMetadata relation = relation(session, planned);
    if (relation != null && isMadeSince(relation, planned, start)) {
      throw changed(action, "the table was dropped and made anew meanwhile");
    }
  }

  private static InvalidInputException changed(String action, String reason) {
    return new InvalidInputException(
        ErrorCode.INVALID_SCHEMA,
        "Cannot %s: %s. Load the table again, and run the query on what you get."
            .formatted(action, reason));
  }

  /**
   * Whether a table is another one than planned and younger than a point in time. Cassandra makes
   * ids of tables from the time of their creation (UUID version 1). A different id alone proves
   * little: the plan may be older than what the session knows of the new table.
   */
  static boolean isMadeSince(RelationMetadata now, TableSpec planned, Instant start) {
    UUID id = now.getId().orElse(null);
    return id != null
        && !id.equals(planned.id())
        && id.version() == 1
        && Uuids.unixTimestamp(id) > start.toEpochMilli();
  }

  private static @Nullable RelationMetadata relation(CqlSession session, TableSpec planned) {
    return session
        .getMetadata()
        .getKeyspace(CqlIdentifier.fromInternal(planned.keyspace()))
        .map(keyspace -> ClusterMetadata.relation(keyspace, planned.table()))
        .orElse(null);
  }

  private static @Nullable String difference(
      CqlSession session, TableSpec planned, List<ColumnSpec> columns) {
    RelationMetadata relation = relation(session, planned);
    if (relation == null) {
      return null;
    }
    if (!names(relation.getPartitionKey()).equals(plannedNames(planned.partitionKey()))
        || !names(relation.getClusteringColumns().keySet())
            .equals(plannedNames(planned.clusteringColumns()))) {
      return "its primary key was made anew";
    }
    List<ColumnSpec> used = new ArrayList<>(planned.partitionKey());
    used.addAll(planned.clusteringColumns());
    used.addAll(columns);
    for (ColumnSpec column : used) {
      ColumnMetadata now =
          relation.getColumn(CqlIdentifier.fromInternal(column.name())).orElse(null);
      if (now != null && !isReadableAs(now.getType(), column.type())) {
        return "its column '%s' was made anew (its type was %s and is %s)"
            .formatted(
                column.name(), column.type().asCql(true, true), now.getType().asCql(true, true));
      }
    }
    return null;
  }

  private static List<String> names(Collection<ColumnMetadata> columns) {
    return columns.stream().map(column -> column.getName().asInternal()).toList();
  }

  private static List<String> plannedNames(List<ColumnSpec> columns) {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  /**
   * Whether cells of a type are right when they are taken for those of another: it is the same, but
   * for fields that a user-defined type has got at its end.
   */
  static boolean isReadableAs(DataType now, DataType planned) {
    if (now instanceof UserDefinedType has && planned instanceof UserDefinedType wanted) {
      int fields = wanted.getFieldNames().size();
      return has.getFieldNames().size() >= fields
          && has.getFieldNames().subList(0, fields).equals(wanted.getFieldNames())
          && areReadableAs(has.getFieldTypes().subList(0, fields), wanted.getFieldTypes());
    } else if (now instanceof ListType has && planned instanceof ListType wanted) {
      return isReadableAs(has.getElementType(), wanted.getElementType());
    } else if (now instanceof SetType has && planned instanceof SetType wanted) {
      return isReadableAs(has.getElementType(), wanted.getElementType());
    } else if (now instanceof MapType has && planned instanceof MapType wanted) {
      return isReadableAs(has.getKeyType(), wanted.getKeyType())
          && isReadableAs(has.getValueType(), wanted.getValueType());
    } else if (now instanceof TupleType has && planned instanceof TupleType wanted) {
      return has.getComponentTypes().size() == wanted.getComponentTypes().size()
          && areReadableAs(has.getComponentTypes(), wanted.getComponentTypes());
    }
    return now.equals(planned);
  }

  private static boolean areReadableAs(List<DataType> now, List<DataType> planned) {
    for (int i = 0; i < planned.size(); i++) {
      if (!isReadableAs(now.get(i), planned.get(i))) {
        return false;
      }
    }
    return true;
  }
}
