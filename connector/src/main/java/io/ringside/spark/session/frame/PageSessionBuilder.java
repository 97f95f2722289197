// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;

/** Builds sessions with a {@link PageContext}. */
final class PageSessionBuilder extends CqlSessionBuilder {
  @Override
  protected DriverContext buildContext(
      DriverConfigLoader configLoader, ProgrammaticArguments arguments) {
    try {
      return new PageContext(configLoader, arguments);
    } catch (LinkageError e) {
      return super.buildContext(configLoader, arguments);
    }
  }
}
