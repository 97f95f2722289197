// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.change;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.write.rows.MutationPlan;
import io.ringside.spark.write.rows.Preparer;
import io.ringside.spark.write.rows.RowToMutation;
import io.ringside.spark.write.rows.WriteJob;
import io.ringside.spark.write.send.Mutation;
import io.ringside.spark.write.send.Repetition;
import io.ringside.spark.write.send.SendPolicy;
import io.ringside.spark.write.send.WriteClock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/**
 * How rows are deleted one by one: by the keys in a DataFrame, or as they were read. Immutable;
 * made on the driver, sent to executors.
 *
 * @param deletions how deletions are sent, and at which write time
 * @param stored the rows, or their keys
 */
public record DeletionPlan(Deletions deletions, StoredRows stored)
    implements MutationPlan, ChangePlan {

  @Override
  public WriteJob job() {
    return new WriteJob(connection(), send(), Repetition.SAME, stored.types());
  }

  @Override
  public ConnectionConfig connection() {
    return deletions.connection();
  }

  @Override
  public SendPolicy send() {
    return deletions.send();
  }

  @Override
  public StructType input() {
    return stored.types();
  }

  @Override
  public List<ColumnSpec> changed() {
    return stored.columns();
  }

  @Override
  public String cql() {
    return deletions.cql(stored.key());
  }

  /** Takes rows for keys: all rows of each are deleted. */
  @Override
  public RowToMutation binder(Preparer preparer) {
    return new KeyDeletes(deletions, stored, preparer);
  }

  /** Takes rows as they were read, of which some stand for static cells alone. */
  @Override
  public RowChanges changes(WriteClock clock, Preparer preparer, Consumer<Mutation> out) {
    return new RowDeletes(deletions, stored, preparer, out);
  }
}
