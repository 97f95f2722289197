// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  @Test
  void offersTheNamesThatAreNearBestFirst() {
    assertThat(NearestNames.nearest(List.of("orders", "order", "ORDER_LINES", "zzz"), "ordes"))
        .containsExactly("order", "orders");
  }

  @Test
  void offersNothingWhenNothingIsNear() {
    assertThat(NearestNames.nearest(List.of("inventory", "customers"), "ordes")).isEmpty();
  }
}
