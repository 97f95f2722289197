// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's own context, with a {@link PageFrameCodec} if the driver can do with it.
 * Thread-safe.
 */
final class PageContext extends DefaultDriverContext {
  private static final Logger LOG = LoggerFactory.getLogger(PageContext.class);

  private volatile boolean keepsPages;

  PageContext(DriverConfigLoader configLoader, ProgrammaticArguments arguments) {
    super(configLoader, arguments);
  }

  /** Whether answers come with their rows in one array. */
  boolean keepsPages() {
    return keepsPages;
  }

  /** Nothing here touches a buffer: a driver that has its Netty under another name will do too. */
  @Override
  protected FrameCodec<ByteBuf> buildFrameCodec() {
    try {
      PrimitiveCodec<ByteBuf> buffers = getPrimitiveCodec();
      PageFrameCodec<ByteBuf> codec = new PageFrameCodec<>(buffers, getCompressor());
      if (FrameProbe.passes(codec, buffers)) {
        keepsPages = true;
        return codec;
      }
      LOG.debug(
          "The Java driver speaks protocol versions that are not known: it decodes rows itself.");
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("The Java driver's decoder cannot be replaced: it decodes rows itself.", e);
    }
    return super.buildFrameCodec();
  }
}
