// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
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

  /**
   * Gives the right back, and clears what the driver's network library has kept in this thread: the
   * thread is Spark's, lives on, and would keep the connector's class loader.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
      if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
        FastThreadLocal.removeAll();
      }
    }
  }
}
