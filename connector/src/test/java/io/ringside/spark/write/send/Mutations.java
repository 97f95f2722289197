// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.write.rows.PreparedTexts;
import io.ringside.spark.write.rows.PreparedTexts.Variable;
import io.ringside.spark.write.send.Mutation.RowKey;
import io.ringside.spark.write.send.Mutation.Size;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mutations of a table {@code t (k int, c int, v int, s text static)}. */
final class Mutations {
  /** What each takes in memory. */
  static final long HEAP_BYTES = 500;

  private static final PreparedStatement INSERT =
      PreparedTexts.of(
          "INSERT INTO ks.t (k,c) VALUES (?,?)",
          List.of(new Variable("k", DataTypes.INT), new Variable("c", DataTypes.INT)),
          List.of("k"));

  private static final PreparedStatement TIMED =
      PreparedTexts.of(
          "UPDATE ks.t USING TIMESTAMP ? SET v=? WHERE k=? AND c=?",
          List.of(
              new Variable("[timestamp]", DataTypes.BIGINT),
              new Variable("v", DataTypes.INT),
              new Variable("k", DataTypes.INT),
              new Variable("c", DataTypes.INT)),
          List.of("k"));

  private Mutations() {}

  /** Sets a row of seven bytes. */
  static Mutation of(int key, int row) {
    return of(key, row, Repetition.SAME);
  }

  static Mutation of(int key, int row, Repetition repetition) {
    return mutation(
        INSERT.bind(key, row), new RowKey(clustering(row), null), repetition, Mutation.NO_MARKER);
  }

  static Mutation withStatics(int key, int row, @Nullable Object statics) {
    return mutation(
        INSERT.bind(key, row),
        new RowKey(clustering(row), statics),
        Repetition.SAME,
        Mutation.NO_MARKER);
  }

  private static ByteBuffer clustering(int row) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, row);
  }

  static Mutation withOwnTime(int key) {
    return mutation(TIMED.bind(5L, 1, key, 1), null, Repetition.LATER, 0);
  }

  private static Mutation mutation(
      BoundStatement statement, @Nullable RowKey row, Repetition repetition, int timeMarker) {
    ByteBuffer partition = statement.getRoutingKey();
    if (partition == null) {
      throw new AssertionError("The statement has no routing key.");
    }
    return new Mutation(
        List.of(statement), partition, row, new Size(7, HEAP_BYTES), repetition, timeMarker);
  }

  /** The row that a mutation of this class sets. */
  static int row(Mutation mutation) {
    return mutation.statements().get(0).getInt("c");
  }
}
