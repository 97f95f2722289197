// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class JobRateTest {
  private static final int CORES = 8;

  private static SparkConf conf(String... settings) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return conf;
  }

  @Test
  void countsTheCoresThatAreThere() {
    assertThat(JobRate.mostSlots(CORES, conf())).isEqualTo(8);
  }

  @Test
  void countsTheCoresOfATask() {
    assertThat(JobRate.mostSlots(CORES, conf("spark.task.cpus", "3"))).isEqualTo(2);
  }

  @Test
  void countsTheExecutorsThatMayCome() {
    SparkConf conf =
        conf(
            "spark.dynamicAllocation.enabled",
            "true",
            "spark.dynamicAllocation.maxExecutors",
            "10",
            "spark.executor.cores",
            "4");
    assertThat(JobRate.mostSlots(CORES, conf)).isEqualTo(40);
    assertThat(JobRate.slots(CORES, conf)).isEqualTo(8);
  }

  @Test
  void countsAnyNumberOfTasksWhereExecutorsHaveNoBound() {
    SparkConf conf = conf("spark.dynamicAllocation.enabled", "true");
    assertThat(JobRate.mostSlots(CORES, conf)).isEqualTo(Integer.MAX_VALUE);
  }
}
