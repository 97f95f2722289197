// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringside.spark.config.CacheConfig;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConsistencyLevel;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.types.vector.EncodedRows;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of lookups that were read lately, those without rows as well. One for each query in the
 * JVM of an executor, for all its tasks and all batches of a stream.
 */
final class AnswerCache {
  /** A query that is not run for as long is forgotten with its answers. */
  private static final Duration UNUSED = Duration.ofHours(1);

  /** What an entry takes besides its bytes. */
  private static final int ENTRY_BYTES = 200;

  private static final Cache<Query, AnswerCache> CACHES =
      Caffeine.newBuilder().expireAfterAccess(UNUSED).build();

  private final Cache<List<CqlValue>, List<EncodedRows>> answers;

  private AnswerCache(CacheConfig config) {
    this.answers =
        Caffeine.newBuilder()
            .expireAfterWrite(config.time())
            .maximumWeight(config.bytes())
            .weigher(AnswerCache::bytes)
            .build();
  }

  /** What answers depend on besides the key, and how many are kept. */
  private record Query(
      ConnectionConfig connection,
      SelectQuery select,
      int clustering,
      ConsistencyLevel consistency,
      CacheConfig config) {}

  /** The answers to a plan's query, or null where none are to be kept. */
  static @Nullable AnswerCache of(LookupPlan plan) {
    CacheConfig config = plan.read().lookupCache();
    if (config == null) {
      return null;
    }
    Query query =
        new Query(
            plan.connection(),
            plan.query().select(),
            plan.query().clustering(),
            plan.read().fetch().consistency(),
            config);
    return CACHES.get(query, unused -> new AnswerCache(config));
  }

  /** All pages of a key's rows, or null when they are not known. */
  @Nullable List<EncodedRows> find(List<CqlValue> key) {
    return answers.getIfPresent(key);
  }

  /** Keeps all pages of a key's rows. */
  void keep(List<CqlValue> key, List<EncodedRows> pages) {
    answers.put(key, pages);
  }

  private static int bytes(List<CqlValue> key, List<EncodedRows> pages) {
    long bytes = ENTRY_BYTES;
    for (CqlValue value : key) {
      bytes += value.size();
    }
    for (EncodedRows page : pages) {
      bytes += page.heapBytes();
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
