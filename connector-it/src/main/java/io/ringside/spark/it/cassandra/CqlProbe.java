// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks a node for its options in the native protocol, version 4. Unlike an open port the answer
 * shows that the server itself is alive: the kernel accepts connections of a paused process too.
 */
final class CqlProbe {
  /** Version, flags, stream (2 bytes), opcode OPTIONS, length of the body (4 bytes). */
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};

  private static final int OPCODE_AT = 4;
  private static final byte SUPPORTED = 6;
  private static final int TIMEOUT_MILLIS = 2000;

  private CqlProbe() {}

  /** Whether the node answers within two seconds. */
  static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(OPTIONS);
      byte[] header = new byte[OPTIONS.length];
      new DataInputStream(socket.getInputStream()).readFully(header);
      return header[OPCODE_AT] == SUPPORTED;
    } catch (IOException notYet) {
      return false;
    }
  }
}
