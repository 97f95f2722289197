// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.ringside.spark.Tables;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestStatementsTest {
  private static final TableSpec TABLE =
      Tables.of("ks.t").key("k int").clustering("c int").regular("v int").build();

  private static Statement<?> request(Mutation... mutations) {
    ConnectorConfig config = ConnectorConfig.of(List.of(Map.of()), name -> name, warning -> {});
    Batch batch = new Batch(mutations[0].partition());
    for (Mutation mutation : mutations) {
      batch.add(mutation);
    }
    return new RequestStatements(
            new SendPolicy(TABLE, RequestKind.UPSERTS, WriteTimes.at(7), config.write()))
        .of(batch.next(WriteTimes.at(7).clock(TaskPlace.OF_DRIVER)), 7L);
  }

  private static List<BatchableStatement<?>> statements(Statement<?> request) {
    List<BatchableStatement<?>> statements = new ArrayList<>();
    ((BatchStatement) request).forEach(statements::add);
    return statements;
  }

  @Test
  void sendsASingleStatementAsItIs() {
    assertThat(request(Mutations.of(1, 1))).isInstanceOf(BoundStatement.class);
  }

  @Test
  void deletesThePartitionOfASingleRow() {
    BoundStatement deletion = Mutations.of(1, 9).statements().get(0);
    Mutation row = Mutations.of(1, 1).after(deletion);
    assertThat(statements(request(row))).containsExactly(deletion, row.statements().get(0));
  }

  @Test
  void deletesThePartitionOnceInARequest() {
    BoundStatement deletion = Mutations.of(1, 9).statements().get(0);
    Mutation first = Mutations.of(1, 1).after(deletion);
    Mutation second = Mutations.of(1, 2).after(deletion);
    Statement<?> request = request(first, second);
    assertThat(statements(request))
        .containsExactly(deletion, first.statements().get(0), second.statements().get(0));
    assertThat(request.getQueryTimestamp()).isEqualTo(7);
    assertThat(request.getRoutingKey()).isEqualTo(first.partition());
  }
}
