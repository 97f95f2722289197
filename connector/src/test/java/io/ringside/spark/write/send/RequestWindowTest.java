// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestWindowTest {
  @Test
  void admitsNoMoreThanItsLimit() throws InterruptedException {
    RequestWindow window = new RequestWindow(2, 100);
    assertThat(window.enter(1, 0)).isTrue();
    assertThat(window.enter(1, 0)).isTrue();
    assertThat(window.enter(1, 0)).isFalse();
    window.leave(1);
    assertThat(window.enter(1, 0)).isTrue();
  }

  @Test
  void halvesOnOverloadAndGrowsBackByOne() throws InterruptedException {
    RequestWindow window = new RequestWindow(8, 100);
    window.overloaded();
    for (int i = 0; i < 4; i++) {
      assertThat(window.enter(1, 0)).isTrue();
    }
    assertThat(window.enter(1, 0)).isFalse();
    for (int i = 0; i < 4; i++) {
      window.leave(1);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(window.enter(1, 0)).isTrue();
    }
    assertThat(window.enter(1, 0)).isFalse();
  }

  @Test
  void tellsWhenItIsEmpty() throws InterruptedException {
    RequestWindow window = new RequestWindow(1, 100);
    assertThat(window.awaitEmpty(0)).isTrue();
    assertThat(window.enter(1, 0)).isTrue();
    assertThat(window.awaitEmpty(1)).isFalse();
    window.leave(1);
    assertThat(window.awaitEmpty(0)).isTrue();
  }

  @Test
  void boundsTheBytesButAdmitsALargeRequestAlone() throws InterruptedException {
    RequestWindow window = new RequestWindow(8, 100);
    assertThat(window.enter(500, 0)).isTrue();
    assertThat(window.enter(1, 0)).isFalse();
    window.leave(500);
    assertThat(window.enter(60, 0)).isTrue();
    assertThat(window.enter(60, 0)).isFalse();
    assertThat(window.enter(40, 0)).isTrue();
  }
}
