// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a JVM's shared session until the lease is closed. Safe to close twice. Driver
 * and executors.
 */
public final class SessionLease implements AutoCloseable {
  private final CqlSession session;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  SessionLease(CqlSession session, Runnable release) {
    this.session = session;
    this.release = release;
  }

  /** The session; not to be closed, nor used after the lease is. */
  public CqlSession session() {
    return session;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
