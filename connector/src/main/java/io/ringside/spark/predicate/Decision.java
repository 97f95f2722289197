// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import org.jspecify.annotations.Nullable;

/**
 * What Cassandra evaluates of a part of a query, or why it does not. Exactly one is set. Driver
 * only.
 */
public record Decision<T>(@Nullable T accepted, @Nullable Refusal refusal) {

  static <T> Decision<T> accept(T value) {
    return new Decision<>(value, null);
  }

  static <T> Decision<T> refuse(String what, String reason) {
    return new Decision<>(null, new Refusal(what, reason));
  }
}
