// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The host of somebody who wants to be sent credentials: it lets everybody begin to log in by
 * Cassandra's protocol, keeps what it is sent and then refuses. It answers HTTP as well, with a
 * configuration of the Java driver that leads to itself. Not a stand-in for Cassandra.
 */
public final class RecordingHost implements AutoCloseable {
  private static final int VERSION = 4;
  private static final int RESPONSE = 0x80;
  private static final int ERROR = 0x00;
  private static final int STARTUP = 0x01;
  private static final int AUTHENTICATE = 0x03;
  private static final int OPTIONS = 0x05;
  private static final int SUPPORTED = 0x06;
  private static final int AUTH_RESPONSE = 0x0F;
  private static final int PROTOCOL_ERROR = 0x000A;
  private static final int BAD_CREDENTIALS = 0x0100;
  private static final int MOST_BYTES = 1 << 20;

  private final ServerSocket server;
  private final List<String> connections = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();

  /** Listens on a free port of the loopback address. */
  public RecordingHost() throws IOException {
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "recording host");
    thread.setDaemon(true);
    thread.start();
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The first byte of each connection, as Latin-1. */
  public List<String> connections() {
    return connections;
  }

  /** The tokens that clients logged in with, as Latin-1. */
  public List<String> logins() {
    return logins;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> serve(socket), "recording host's client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      int first = in.readUnsignedByte();
      connections.add(String.valueOf((char) first));
      if (first == 'G') {
        out.write(http());
        out.flush();
      } else {
        answer(first, in, out);
      }
    } catch (IOException gone) {
      // The client has left.
    }
  }

  private byte[] http() {
    String body =
        """
        datastax-java-driver {
          basic.contact-points = ["%s"]
          basic.load-balancing-policy.local-datacenter = dc1
          advanced.auth-provider {
            class = PlainTextAuthProvider
            username = ${PATH}
            password = x
          }
        }
        """
            .formatted(address());
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n";
    return (head.formatted(body.length()) + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void answer(int first, DataInputStream in, DataOutputStream out) throws IOException {
    int version = first;
    while (true) {
      in.readUnsignedByte();
      short stream = in.readShort();
      int opcode = in.readUnsignedByte();
      byte[] body = new byte[Math.min(in.readInt(), MOST_BYTES)];
      in.readFully(body);
      if (version != VERSION) {
        write(out, stream, ERROR, error(PROTOCOL_ERROR, "Invalid or unsupported protocol version"));
      } else if (opcode == OPTIONS) {
        write(out, stream, SUPPORTED, new byte[Short.BYTES]);
      } else if (opcode == STARTUP) {
        write(out, stream, AUTHENTICATE, string("org.apache.cassandra.auth.PasswordAuthenticator"));
      } else {
        if (opcode == AUTH_RESPONSE) {
          logins.add(new String(body, StandardCharsets.ISO_8859_1));
        }
        write(out, stream, ERROR, error(BAD_CREDENTIALS, "Bad credentials"));
      }
      version = in.readUnsignedByte();
    }
  }

  private static void write(DataOutputStream out, short stream, int opcode, byte[] body)
      throws IOException {
    out.writeByte(RESPONSE | VERSION);
    out.writeByte(0);
    out.writeShort(stream);
    out.writeByte(opcode);
    out.writeInt(body.length);
    out.write(body);
    out.flush();
  }

  private static byte[] error(int code, String message) {
    byte[] text = string(message);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(code).put(text).array();
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + bytes.length)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
