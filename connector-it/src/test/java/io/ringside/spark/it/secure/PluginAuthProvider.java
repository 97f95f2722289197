// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.auth.Authenticator;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in as others make them: compiled against the Java driver's public API, with settings of
 * its own in the driver's configuration. Logs in as the user of the setting, whose password is his
 * name.
 */
public final class PluginAuthProvider implements AuthProvider {
  private static final DriverOption USER = () -> "advanced.auth-provider.plugin-user";

  private final String user;

  /** For the driver. */
  public PluginAuthProvider(DriverContext context) {
    this.user = context.getConfig().getDefaultProfile().getString(USER);
  }

  @Override
  public Authenticator newAuthenticator(EndPoint endPoint, String serverAuthenticator) {
    byte[] answer = ('\0' + user + '\0' + user).getBytes(StandardCharsets.UTF_8);
    return new Authenticator() {
      @Override
      public CompletionStage<ByteBuffer> initialResponse() {
        return CompletableFuture.completedFuture(ByteBuffer.wrap(answer));
      }

      @Override
      public CompletionStage<@Nullable ByteBuffer> evaluateChallenge(
          @Nullable ByteBuffer challenge) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<Void> onAuthenticationSuccess(@Nullable ByteBuffer token) {
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public void onMissingChallenge(EndPoint endPoint) {}

  @Override
  public void close() {}
}
