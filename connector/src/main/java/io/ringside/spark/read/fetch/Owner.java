// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import java.util.UUID;

/**
 * A node that owns rows and can be asked for them.
 *
 * @param id the node's host id
 * @param address as messages name it
 */
public record Owner(UUID id, String address) {
  /** The address alone, for messages. */
  @Override
  public String toString() {
    return address;
  }
}
