// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a session logs in: by a password, by a class of the user's, or not at all. Made on the
 * driver, sent to executors.
 *
 * @param authProvider class of the Java driver's interface, or null
 */
public record LoginConfig(
    @Nullable String username, @Nullable Secret password, @Nullable String authProvider)
    implements Serializable {

  static LoginConfig of(OptionResolver options) {
    boolean username = options.isSet(ConnectionOptions.USERNAME);
    if (username != options.isSet(ConnectionOptions.PASSWORD)) {
      options.error("Cannot log in: options 'username' and 'password' only work together.");
    }
    if (username && options.isSet(ConnectionOptions.AUTH_PROVIDER)) {
      options.error(
          "Cannot log in with both 'username' and 'auth-provider'. Remove one of them; what a provider"
              + " needs goes into 'driver-config'.");
    }
    return new LoginConfig(
        options.find(ConnectionOptions.USERNAME),
        options.find(ConnectionOptions.PASSWORD),
        options.find(ConnectionOptions.AUTH_PROVIDER));
  }
}
