// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.DoubleToIntFunction;

/**
 * Cuts a ring into splits of about equal bytes, each read from nodes that own all of it.
 *
 * <p>Ranges fill splits one after the other. A range that does not fit into the rest of a split is
 * cut, and its tail starts the next split. Three passes keep replicas together: first, ranges of
 * exactly the same replicas share splits; then the remainders of these replica sets, each less than
 * a split, share splits with others that have a node in common; last, the remainders of the nodes
 * share splits with each other. The number of splits is therefore at most one more than the bytes
 * need, however many ranges and replica sets the ring has. Linear in the number of ranges and
 * splits; the same input gives the same splits. Driver only.
 */
public final class RingSplitter {
  /**
   * Remainders below this share of a split count as zero, so that rounding makes no tiny splits.
   */
  private static final double TOLERANCE = 1e-6;

  /** Stands for "no owner known" where portions are grouped by owner. */
  private static final Replica NOBODY = new Replica(new UUID(0, 0), "");

  private final RingDensity density;
  private final double splitBytes;
  private final List<RingSplit> splits = new ArrayList<>();

  private RingSplitter(RingDensity density, double splitBytes) {
    this.density = density;
    this.splitBytes = splitBytes;
  }

  /**
   * Cuts the ring.
   *
   * @param ranges ranges that do not overlap, with their owners
   * @param splitBytes the bytes of one split, more than 0
   * @param minSplits given the bytes of all ranges, the least number of splits, as far as there are
   *     tokens; at least 1
   * @param maxSplits at most about this many splits (one more may be made), also where {@code
   *     minSplits} is more
   * @return splits that together hold each token of {@code ranges} exactly once
   */
  public static List<RingSplit> split(
      List<ReplicaRange> ranges,
      RingDensity density,
      double splitBytes,
      DoubleToIntFunction minSplits,
      int maxSplits) {
    if (ranges.isEmpty()) {
      return List.of();
    }
    double total = 0;
    double tokens = 0;
    for (ReplicaRange range : ranges) {
      total += density.at(range.range()).bytes();
      tokens += range.range().size().doubleValue();
    }
    double least = minSplits.applyAsInt(total);
    double count = Math.min(Math.max(Math.ceil(total / splitBytes), least), maxSplits);
    boolean empty = total <= 0;
    // An empty ring is cut by tokens: the floor on the number of splits still holds.
    RingDensity weights = empty ? byTokens(ranges) : density;
    RingSplitter splitter = new RingSplitter(weights, (empty ? tokens : total) / count);
    splitter.fill(ranges, count > 1);
    return empty
        ? splitter.splits.stream().map(s -> new RingSplit(s.ranges(), s.replicas(), 0)).toList()
        : List.copyOf(splitter.splits);
  }

  private static RingDensity byTokens(List<ReplicaRange> ranges) {
    return RingDensity.of(
        Partitioner.RANDOM,
        ranges.stream()
            .map(r -> new RangeEstimate(r.range(), r.range().size().doubleValue(), 0))
            .toList());
  }

  private void fill(List<ReplicaRange> ranges, boolean several) {
    Map<List<Replica>, List<Portion>> sets = byReplicaSet(ranges);
    if (!several) {
      close(sets.values().stream().flatMap(List::stream).toList());
      return;
    }
    List<Portion> leftOfSets = new ArrayList<>();
    for (List<Portion> sameOwners : sets.values()) {
      leftOfSets.addAll(pour(sameOwners));
    }
    List<Portion> leftOfNodes = new ArrayList<>();
    for (List<Portion> sharedNode : bySharedNode(leftOfSets).values()) {
      leftOfNodes.addAll(pour(sharedNode));
    }
    leftOfNodes.sort((a, b) -> RingRange.ALONG_THE_RING.compare(a.range(), b.range()));
    List<Portion> rest = pour(leftOfNodes);
    if (!rest.isEmpty()) {
      close(rest);
    }
  }

  private Map<List<Replica>, List<Portion>> byReplicaSet(List<ReplicaRange> ranges) {
    Map<List<Replica>, List<Portion>> sets = new LinkedHashMap<>();
    for (ReplicaRange range : ranges) {
      List<Replica> key =
          range.replicas().stream().sorted((a, b) -> a.hostId().compareTo(b.hostId())).toList();
      List<Portion> portions = sets.computeIfAbsent(key, k -> new ArrayList<>());
      for (RangeEstimate piece : density.pieces(range.range())) {
        portions.add(new Portion(piece.range(), range.replicas(), piece.bytes()));
      }
    }
    return sets;
  }

  /** Each portion goes to the one of its owners that has the most bytes of such portions. */
  private static Map<Replica, List<Portion>> bySharedNode(List<Portion> portions) {
    Map<Replica, Double> bytesOf = new HashMap<>();
    for (Portion portion : portions) {
      for (Replica replica : portion.replicas()) {
        bytesOf.merge(replica, portion.bytes(), Double::sum);
      }
    }
    Map<Replica, List<Portion>> nodes = new LinkedHashMap<>();
    List<Portion> ownerless = new ArrayList<>();
    for (Portion portion : portions) {
      Replica best = null;
      for (Replica replica : portion.replicas()) {
        if (best == null || bytesOf.getOrDefault(replica, 0.0) > bytesOf.getOrDefault(best, 0.0)) {
          best = replica;
        }
      }
      if (best == null) {
        ownerless.add(portion);
      } else {
        nodes.computeIfAbsent(best, k -> new ArrayList<>()).add(portion);
      }
    }
    if (!ownerless.isEmpty()) {
      nodes.put(NOBODY, ownerless);
    }
    return nodes;
  }

  /** Fills whole splits and returns the portions that are left over, together less than a split. */
  private List<Portion> pour(List<Portion> portions) {
    Deque<Portion> input = new ArrayDeque<>(portions);
    List<Portion> open = new ArrayList<>();
    double filled = 0;
    while (!input.isEmpty()) {
      Portion portion = input.removeFirst();
      // Only something that weighs starts another split: what is empty goes with what was before.
      if (filled >= splitBytes * (1 - TOLERANCE) && portion.bytes() > splitBytes * TOLERANCE) {
        close(open);
        open = new ArrayList<>();
        filled = 0;
      }
      double room = splitBytes - filled;
      if (portion.bytes() <= room + splitBytes * TOLERANCE) {
        open.add(portion);
        filled += portion.bytes();
      } else {
        double share = room / portion.bytes();
        BigInteger cut = portion.range().tokenAt(share);
        if (cut.equals(portion.range().end())) {
          open.add(portion);
        } else {
          open.add(portion.upTo(cut, share));
          input.addFirst(portion.after(cut, share));
        }
        filled = splitBytes;
      }
    }
    if (filled >= splitBytes * (1 - TOLERANCE)) {
      close(open);
      return List.of();
    }
    return open;
  }

  private void close(List<Portion> portions) {
    Set<Replica> common = new LinkedHashSet<>(portions.get(0).replicas());
    double bytes = 0;
    List<RingRange> ranges = new ArrayList<>(portions.size());
    for (Portion portion : portions) {
      common.retainAll(portion.replicas());
      bytes += portion.bytes();
      ranges.add(portion.range());
    }
    splits.add(new RingSplit(RingRange.merge(ranges), List.copyOf(common), bytes));
  }

  /** A range of one replica set over which its bytes are evenly spread. */
  private record Portion(RingRange range, List<Replica> replicas, double bytes) {
    Portion upTo(BigInteger token, double share) {
      return new Portion(new RingRange(range.start(), token), replicas, bytes * share);
    }

    Portion after(BigInteger token, double share) {
      return new Portion(new RingRange(token, range.end()), replicas, bytes * (1 - share));
    }
  }
}
