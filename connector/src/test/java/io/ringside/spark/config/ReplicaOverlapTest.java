// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaOverlapTest {
  /** Its replicas are those of several majorities, which two numbers do not tell. */
  private static final Set<ConsistencyLevel> ANY_BUT_EACH_QUORUM =
      EnumSet.complementOf(EnumSet.of(ConsistencyLevel.EACH_QUORUM));

  @ParameterizedTest
  @CsvSource({
    "3,3,LOCAL_ONE,LOCAL_QUORUM,false",
    "3,3,LOCAL_QUORUM,LOCAL_QUORUM,true",
    "3,3,LOCAL_QUORUM,LOCAL_ONE,false",
    "3,3,ALL,LOCAL_ONE,true",
    "3,3,ALL,ANY,false",
    "1,1,LOCAL_ONE,ONE,true",
    "2,2,LOCAL_QUORUM,LOCAL_ONE,true",
    "3,6,LOCAL_QUORUM,QUORUM,false",
    "3,6,LOCAL_QUORUM,EACH_QUORUM,true",
    "3,6,QUORUM,QUORUM,true",
    "3,6,QUORUM,LOCAL_QUORUM,false",
    "3,6,QUORUM,EACH_QUORUM,true",
    "5,5,TWO,THREE,false",
    "4,4,TWO,THREE,true",
    "0,3,LOCAL_QUORUM,LOCAL_QUORUM,false",
    "0,3,QUORUM,QUORUM,true"
  })
  void saysWhetherReadsMeetWrites(
      int local, int all, ConsistencyLevel read, ConsistencyLevel write, boolean sure) {
    assertThat(new ReplicaOverlap(local, all).isSure(read, write)).isEqualTo(sure);
  }

  /** Against every choice of replicas that may take part. */
  @Property
  void agreesWithEveryChoiceOfReplicas(
      @ForAll @IntRange(min = 1, max = 4) int local,
      @ForAll @IntRange(max = 3) int remote,
      @ForAll ConsistencyLevel read,
      @ForAll ConsistencyLevel write) {
    if (ANY_BUT_EACH_QUORUM.contains(read) && ANY_BUT_EACH_QUORUM.contains(write)) {
      ReplicaOverlap replicas = new ReplicaOverlap(local, local + remote);
      boolean always = true;
      for (int r = 0; r < 1 << (local + remote); r++) {
        for (int w = 0; w < 1 << (local + remote); w++) {
          if (takesPart(replicas, read, r) && takesPart(replicas, write, w)) {
            always &= (r & w) != 0;
          }
        }
      }
      assertThat(replicas.isSure(read, write)).isEqualTo(always);
    }
  }

  /** Whether a set of replicas, the local ones first, is one that a level asks for. */
  private static boolean takesPart(ReplicaOverlap replicas, ConsistencyLevel level, int set) {
    boolean isLocal = level == ConsistencyLevel.LOCAL_ONE || level == ConsistencyLevel.LOCAL_QUORUM;
    int locals = (1 << replicas.local()) - 1;
    return Integer.bitCount(set) == replicas.inAll(level) && (!isLocal || (set & ~locals) == 0);
  }
}
