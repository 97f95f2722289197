// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.AlreadyExistsException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.Reason;
import io.ringside.spark.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends schema statements. Each returns when all nodes that are up have applied it and the session
 * knows it, so that the next statement sees it. Driver only.
 */
public final class SchemaChanges {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaChanges.class);

  /** A statement waits in the server for other nodes; truncating snapshots may take longer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration AGREEMENT_TIMEOUT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final CqlSession session;

  /** Sends through a session, to nodes of the local data centre. */
  public SchemaChanges(CqlSession session) {
    this.session = session;
  }

  /** What became of a statement that makes something. */
  public enum Outcome {
    /** It was made. */
    MADE,
    /** There was one of this name; nothing was changed. */
    EXISTED
  }

  /**
   * Sends a statement once; it is never repeated, since a repetition of one that was applied fails.
   *
   * @param what the statement as errors name it, such as {@code create table shop.orders}
   * @throws InvalidInputException DDL_FAILED with the server's words
   */
  public Outcome send(String what, String cql) {
    try {
      execute(SimpleStatement.newInstance(cql), what);
    } catch (AlreadyExistsException e) {
      return Outcome.EXISTED;
    } catch (DriverTimeoutException e) {
      throw new InvalidInputException(ErrorCode.DDL_FAILED, unanswered(what), e);
    } catch (DriverException e) {
      throw new InvalidInputException(
          ErrorCode.DDL_FAILED,
          "Cannot %s: %s. The statement was: %s.".formatted(what, Reason.of(e), cql),
          e);
    }
    return Outcome.MADE;
  }

  /**
   * Sends a statement that may hold a password, once. Neither an error nor a log shows its text.
   *
   * @param what the statement as errors name it
   * @param reason the part of the server's refusal that may be shown
   * @throws InvalidInputException DDL_FAILED, without a cause, as causes repeat parts of the
   *     statement
   */
  public List<Row> run(String what, String cql, Function<DriverException, String> reason) {
    // The driver would log the statement with each warning of the server.
    DriverExecutionProfile quiet =
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false);
    try {
      return execute(SimpleStatement.newInstance(cql).setExecutionProfile(quiet), what).all();
    } catch (DriverTimeoutException e) {
      throw new InvalidInputException(ErrorCode.DDL_FAILED, unanswered(what));
    } catch (DriverException e) {
      throw new InvalidInputException(
          ErrorCode.DDL_FAILED, "Cannot %s: %s.".formatted(what, reason.apply(e)));
    }
  }

  private ResultSet execute(SimpleStatement statement, String what) {
    ResultSet rows = session.execute(statement.setIdempotent(false).setTimeout(TIMEOUT));
    if (!rows.getExecutionInfo().isSchemaInAgreement() && !agreesInTime()) {
      LOG.warn(
          "Nodes do not agree on the schema {} s after: {}. See 'nodetool describecluster'.",
          AGREEMENT_TIMEOUT.toSeconds(),
          what);
    }
    Sessions.refreshSchema(session);
    return rows;
  }

  private static String unanswered(String what) {
    return "Cannot %s: no answer within %d s. It may have been applied; look before you repeat it."
        .formatted(what, TIMEOUT.toSeconds());
  }

  private boolean agreesInTime() {
    long deadline = System.nanoTime() + AGREEMENT_TIMEOUT.toNanos();
    while (!session.checkSchemaAgreement()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
