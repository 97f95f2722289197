// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.Map;

/** Failures as the driver gives them. */
public final class Failures {
  private static final Node NODE =
      (Node)
          Proxy.newProxyInstance(
              Node.class.getClassLoader(),
              new Class<?>[] {Node.class},
              (proxy, method, arguments) -> method.getName().equals("toString") ? "node" : null);

  private Failures() {}

  /** Nobody answered in time. */
  public static DriverException timeout() {
    return new DriverTimeoutException("Query timed out after PT12S");
  }

  /** The user may not do it. */
  public static DriverException unauthorized() {
    return new UnauthorizedException(NODE, "User u has no permission on <table ks.t>");
  }

  static Throwable unreachable() {
    return new ClosedConnectionException("Lost connection to remote peer");
  }

  static Throwable serverError() {
    return new ServerError(NODE, "java.lang.RuntimeException: broken");
  }

  static Throwable outOfMemory() {
    return new ServerError(NODE, "java.lang.OutOfMemoryError: Java heap space");
  }

  /** A final refusal. */
  public static DriverException invalid(String text) {
    return new InvalidQueryException(NODE, text);
  }

  /** A read failure with a reason of the protocol; 1 stands for too many tombstones. */
  static Throwable readFailure(int reason) {
    return new ReadFailureException(
        NODE,
        DefaultConsistencyLevel.LOCAL_ONE,
        0,
        1,
        1,
        false,
        Map.of(InetAddress.getLoopbackAddress(), reason));
  }

  static Throwable tombstones() {
    return readFailure(1);
  }
}
