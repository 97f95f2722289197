// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a scan gets its pages from: the one place of a scan that does I/O. */
public interface PageSource {
  /** Asks for a page. Does not block; the stage completes on a driver thread. */
  CompletionStage<Answer> request(PageRequest request);

  /**
   * The nodes that own a target at present, best first; empty when unknown. Asked again for each
   * new try, as owners change.
   */
  List<Owner> ownersOf(ScanTarget target);

  /** How long pages of this source take, as all tasks of the JVM know. */
  PageTimes times();

  /** Prefers other owners than this node for a while: it has just failed, or is slow. */
  void avoid(Owner node);
}
