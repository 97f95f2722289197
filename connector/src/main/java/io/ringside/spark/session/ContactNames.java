// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session;

import com.datastax.oss.driver.api.core.addresstranslation.AddressTranslator;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import io.ringside.spark.config.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nodes under the names that contact points give them: a name that stands for one address is
 * looked up again at each connection, so that a node may come back at another address, and is what
 * a node's certificate must show. A name of several addresses is a list of nodes, read once when a
 * session opens. Made by the Java driver by its class name; one for each session.
 */
public final class ContactNames implements AddressTranslator {
  /** The driver's configuration of a session carries its names here. */
  static final DriverOption OPTION = () -> "ringside.contact-names";

  private final List<String> names;

  /** For the driver. */
  public ContactNames(DriverContext context) {
    this.names = context.getConfig().getDefaultProfile().getStringList(OPTION, List.of());
  }

  /** The names among contact points that stand for one address now. */
  static List<String> of(List<HostAndPort> contactPoints) {
    List<String> names = new ArrayList<>();
    for (HostAndPort point : contactPoints) {
      if (!isLiteral(point.host()) && addressesOf(point.host()).size() == 1) {
        names.add(point.host());
      }
    }
    return names;
  }

  /** Where to connect to; empty when no name is known. */
  static List<InetSocketAddress> addresses(List<HostAndPort> contactPoints) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (HostAndPort point : contactPoints) {
      List<InetAddress> found = addressesOf(point.host());
      if (found.size() == 1 && !isLiteral(point.host())) {
        addresses.add(InetSocketAddress.createUnresolved(point.host(), point.port()));
      } else {
        found.forEach(address -> addresses.add(new InetSocketAddress(address, point.port())));
      }
    }
    return addresses;
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static List<InetAddress> addressesOf(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  @Override
  public InetSocketAddress translate(InetSocketAddress address) {
    String name = nameOf(address.getAddress());
    return name == null ? address : InetSocketAddress.createUnresolved(name, address.getPort());
  }

  private @Nullable String nameOf(@Nullable InetAddress address) {
    for (String name : names) {
      List<InetAddress> addresses = addressesOf(name);
      if (addresses.size() == 1 && addresses.get(0).equals(address)) {
        return name;
      }
    }
    return null;
  }

  @Override
  public void close() {}
}
