// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/**
 * How rows are deleted, updated and inserted by one statement. Immutable; made on the driver, sent
 * to executors.
 *
 * @param deletions at which write time rows are deleted
 * @param stored the rows as they were read
 * @param given the rows to write; deletions are sent as these are
 */
public record RowChangePlan(Deletions deletions, StoredRows stored, NewRows given)
    implements ChangePlan {
  @Override
  public ConnectionConfig connection() {
    return deletions.connection();
  }

  @Override
  public SendPolicy send() {
    return given.send();
  }

  @Override
  public StructType input() {
    return given.input();
  }

  @Override
  public List<ColumnSpec> changed() {
    List<ColumnSpec> all = new ArrayList<>(stored.columns());
    all.addAll(given.columns());
    return all;
  }

  @Override
  public RowChanges changes(WriteClock clock, Preparer preparer, Consumer<Mutation> out) {
    return new RowDeltas(
        new RowDeletes(deletions, stored, preparer, out), given, clock, preparer, out);
  }
}
