// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where a scan gets its pages from: the one place of a scan that does I/O. */
public interface PageSource {
  /**
   * Asks for a page. Does not block; the stage completes on a driver thread.
   *
   * @param pagingState where the page before ended, or null for the first page of the target
   * @param rows at most this many rows, at least 1
   * @param coordinator the node to ask, or null to let the session choose
   */
  CompletionStage<AsyncResultSet> request(
      ScanTarget target, @Nullable ByteBuffer pagingState, int rows, @Nullable Node coordinator);

  /** The nodes that own a target, best first; empty when unknown. */
  List<Node> ownersOf(ScanTarget target);

  /** Prefers other owners than this node for a while, as it has just failed. */
  void avoid(Node node);
}
