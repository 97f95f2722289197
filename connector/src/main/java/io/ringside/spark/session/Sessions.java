// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.flow.TaskLife;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this JVM: one for each connection config, opened by the first lease, shared by
 * all, and closed when nobody has leased it for its idle time or when the JVM ends. Driver and
 * executors; thread-safe.
 *
 * <p>While there is a session, one thread of the connector waits for the end of idle times, and a
 * shutdown hook for the end of the JVM. Without one there is neither: nothing outside keeps this
 * class, so a class loader that a Spark session has for the connector goes when that session does.
 * For the same reason the cache uses no pool of the JDK's, whose threads would remember who started
 * them.
 */
public final class Sessions {
  private static final ScheduledExecutorService TIMER = timer();

  private static final Cache<ConnectionConfig, Shared> OPEN =
      Caffeine.newBuilder()
          .expireAfter(new WhenIdle())
          .executor(Runnable::run)
          .scheduler(Scheduler.forScheduledExecutorService(TIMER))
          .removalListener(Sessions::removed)
          .build();

  /** Guards {@link #hook}. */
  private static final Object HOOK_LOCK = new Object();

  /** Of the JVM, while there are sessions. */
  private static @Nullable Thread hook;

  private Sessions() {}

  /**
   * Runs what is due when idle times end, and when nodes do not answer; its thread ends when
   * nothing is left to wait for.
   */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "ringside-timer");
              thread.setDaemon(true);
              thread.setContextClassLoader(Sessions.class.getClassLoader());
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static void hook() {
    synchronized (HOOK_LOCK) {
      if (hook == null) {
        Thread atExit = new Thread(OPEN::invalidateAll, "ringside-shutdown");
        try {
          Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException ending) {
          // The JVM closes what this session opens by ending.
        }
        hook = atExit;
      }
    }
  }

  private static void unhookAfterLast() {
    synchronized (HOOK_LOCK) {
      if (hook != null && OPEN.asMap().isEmpty()) {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
          // It runs already.
        }
        hook = null;
      }
    }
  }

  /**
   * A session and how many leases it has.
   *
   * @param opening runs once, in the thread of its first lease; the others wait for it
   */
  private record Shared(FutureTask<CqlSession> opening, int leases) {}

  /**
   * Leases the session of a config, opening it when there is none.
   *
   * @throws InvalidInputException CONNECTION_FAILED when it cannot be opened
   */
  public static SessionLease lease(ConnectionConfig config) {
    FutureTask<CqlSession> opening =
        OPEN.asMap().compute(config, (key, shared) -> oneMore(key, shared)).opening();
    hook();
    opening.run();
    try {
      return new SessionLease(opening.get(), () -> release(config, opening));
    } catch (ExecutionException e) {
      OPEN.asMap()
          .computeIfPresent(config, (key, shared) -> shared.opening() == opening ? null : shared);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      release(config, opening);
      throw TaskLife.interrupted();
    }
  }

  /**
   * Leases the session of a config and makes it know a keyspace: its tables, and the owners of its
   * tokens.
   *
   * @throws InvalidInputException CONNECTION_FAILED when it cannot be opened
   */
  public static SessionLease lease(ConnectionConfig config, String keyspace) {
    SessionLease lease = lease(config);
    try {
      use(lease.session(), keyspace);
      return lease;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Makes a leased session know a keyspace from now on: its tables, and the owners of its tokens.
   * Blocks until it does; sends nothing for a keyspace that the session knows.
   *
   * @throws InvalidInputException CONNECTION_FAILED when no node has sent its schema in time
   */
  public static void use(CqlSession session, String keyspace) {
    DriverConfiguration.keyspaces(session).use(session, keyspace);
  }

  /**
   * Makes a leased session read the schema of the keyspaces in use anew; blocks until it has.
   *
   * @throws InvalidInputException CONNECTION_FAILED when no node has sent it in time
   */
  public static void refreshSchema(CqlSession session) {
    KeyspacesInUse.refresh(session);
  }

  /**
   * Prepares a statement by a leased session, or gives it as others of the JVM use it. Another node
   * is asked after half a second without an answer. Does not block; the future, which is shared,
   * fails with the driver's exception.
   */
  public static CompletableFuture<PreparedStatement> prepare(CqlSession session, String cql) {
    return DriverConfiguration.preparedStatements(session)
        .prepare(PreparedStatements.by(session, TIMER), cql);
  }

  private static Shared oneMore(ConnectionConfig config, @Nullable Shared shared) {
    return shared == null
        ? new Shared(new FutureTask<>(() -> SessionFactory.open(config)), 1)
        : new Shared(shared.opening(), shared.leases() + 1);
  }

  private static void release(ConnectionConfig config, FutureTask<CqlSession> opening) {
    OPEN.asMap()
        .computeIfPresent(
            config,
            (key, shared) ->
                shared.opening() == opening ? new Shared(opening, shared.leases() - 1) : shared);
  }

  private static void removed(
      @Nullable ConnectionConfig config, @Nullable Shared shared, RemovalCause cause) {
    if (shared == null || cause == RemovalCause.REPLACED) {
      return;
    }
    unhookAfterLast();
    if (shared.opening().isDone()) {
      close(shared.opening());
    }
  }

  private static void close(FutureTask<CqlSession> opened) {
    try {
      var unused = opened.get().closeAsync();
    } catch (ExecutionException failedToOpen) {
      // There is nothing to close.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps leased sessions for ever, the others for their idle time. */
  private static final class WhenIdle implements Expiry<ConnectionConfig, Shared> {
    private static long nanos(ConnectionConfig config, Shared shared) {
      return shared.leases() > 0 ? Long.MAX_VALUE : config.idleTimeout().toNanos();
    }

    @Override
    public long expireAfterCreate(ConnectionConfig config, Shared shared, long now) {
      return nanos(config, shared);
    }

    @Override
    public long expireAfterUpdate(
        ConnectionConfig config, Shared shared, long now, long durationLeft) {
      return nanos(config, shared);
    }

    @Override
    public long expireAfterRead(
        ConnectionConfig config, Shared shared, long now, long durationLeft) {
      return durationLeft;
    }
  }
}
