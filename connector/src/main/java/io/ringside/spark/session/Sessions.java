// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ConnectorException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this JVM: one for each connection config, opened by the first lease, shared by
 * all, and closed when nobody has leased it for its idle time or when the JVM ends. Driver and
 * executors; thread-safe.
 *
 * <p>While there is a session, a thread of ours watches the idle times and a shutdown hook waits
 * for the end of the JVM. Without one there is neither: nothing outside keeps this class, so a
 * class loader that a Spark session brought for the connector goes when that session does. For the
 * same reason no pool of the JDK's is asked to watch: its threads would remember who started them.
 */
public final class Sessions {
  /** All sessions; its lock guards them, their leases and {@link #hook}. */
  private static final Map<ConnectionConfig, Shared> OPEN = new HashMap<>();

  /** Of the JVM, while there are sessions. */
  private static @Nullable Thread hook;

  private Sessions() {}

  /** A session and who uses it. */
  private static final class Shared {
    /** Runs once, in the thread of the first lease; the others wait for it. */
    private final FutureTask<CqlSession> opening;

    private final long idleNanos;
    private int leases;

    /** When the last lease ended, by {@link System#nanoTime()}. */
    private long idleSince;

    Shared(ConnectionConfig config) {
      this.opening = new FutureTask<>(() -> SessionFactory.open(config));
      this.idleNanos = config.idleTimeout().toNanos();
    }

    /** Until it is to be closed; none or less when it is time. */
    long nanosLeft(long now) {
      return leases > 0 ? Long.MAX_VALUE : idleNanos - (now - idleSince);
    }

    void close() {
      if (!opening.isDone()) {
        return;
      }
      try {
        var unused = opening.get().closeAsync();
      } catch (ExecutionException failedToOpen) {
        // There is nothing to close.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Leases the session of a config, opening it when there is none.
   *
   * @throws ConnectorException CONNECTION_FAILED when it cannot be opened
   */
  public static SessionLease lease(ConnectionConfig config) {
    Shared shared = take(config);
    shared.opening.run();
    try {
      return new SessionLease(shared.opening.get(), () -> release(shared));
    } catch (ExecutionException e) {
      forget(config, shared);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      release(shared);
      throw TaskLife.interrupted();
    }
  }

  /**
   * Leases the session of a config and makes it know a keyspace: its tables, and the owners of its
   * tokens.
   *
   * @throws ConnectorException CONNECTION_FAILED when it cannot be opened
   */
  public static SessionLease lease(ConnectionConfig config, String keyspace) {
    SessionLease lease = lease(config);
    try {
      DriverConfiguration.use(lease.session(), keyspace);
      return lease;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private static Shared take(ConnectionConfig config) {
    synchronized (OPEN) {
      Shared shared = OPEN.computeIfAbsent(config, Shared::new);
      shared.leases++;
      if (hook == null) {
        watch();
      }
      return shared;
    }
  }

  private static void release(Shared shared) {
    synchronized (OPEN) {
      shared.leases--;
      if (shared.leases == 0) {
        shared.idleSince = System.nanoTime();
        OPEN.notifyAll();
      }
    }
  }

  /** The next lease opens another one. */
  private static void forget(ConnectionConfig config, Shared failed) {
    synchronized (OPEN) {
      if (OPEN.remove(config, failed)) {
        OPEN.notifyAll();
      }
    }
  }

  /** Begins to wait for idle times and for the end of the JVM. */
  private static void watch() {
    Thread atExit = new Thread(Sessions::closeAll, "ringside-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The JVM closes what this session opens by ending.
    }
    hook = atExit;
    Thread idle = new Thread(() -> closeIdle(atExit), "ringside-idle");
    idle.setDaemon(true);
    idle.setContextClassLoader(Sessions.class.getClassLoader());
    idle.start();
  }

  /** Closes sessions when their idle time is over; ends with the last one. */
  private static void closeIdle(Thread atExit) {
    synchronized (OPEN) {
      while (!OPEN.isEmpty()) {
        try {
          long nanos = closeOverdue();
          if (nanos == Long.MAX_VALUE) {
            OPEN.wait();
          } else if (nanos > 0) {
            TimeUnit.NANOSECONDS.timedWait(OPEN, nanos);
          }
        } catch (InterruptedException e) {
          // Nobody has a reason to: sessions would stay for ever.
        }
      }
      hook = null;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // It runs already.
    }
  }

  /** The nanoseconds until the next is due: none when all are gone, the greatest number if none. */
  private static long closeOverdue() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (Iterator<Shared> each = OPEN.values().iterator(); each.hasNext(); ) {
      Shared shared = each.next();
      long left = shared.nanosLeft(now);
      if (left > 0) {
        next = Math.min(next, left);
      } else {
        each.remove();
        shared.close();
      }
    }
    return OPEN.isEmpty() ? 0 : next;
  }

  private static void closeAll() {
    List<Shared> all;
    synchronized (OPEN) {
      all = List.copyOf(OPEN.values());
    }
    all.forEach(Shared::close);
  }
}
