// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are kept for a bounded time. A fresh answer is given as it is; an older one too, and
 * then it is asked for again in the background; one past its time is asked for and waited for.
 * Failures are not kept. Callers that want the same answer at once share one question. Driver only;
 * thread-safe.
 */
final class KeptAnswers<K, V> {
  private static final long MOST_ANSWERS = 1000;

  private final Cache<K, Kept<V>> kept;
  private final long freshNanos;
  private final Ticker ticker;

  private record Kept<V>(CompletableFuture<V> answer, long askedNanos, AtomicBoolean renewing) {
    boolean isUsable() {
      return !answer.isCompletedExceptionally();
    }
  }

  /**
   * Keeps nothing yet.
   *
   * @param fresh how long an answer is not asked for again
   * @param longest how long an answer is given at most
   */
  KeptAnswers(Duration fresh, Duration longest, Ticker ticker) {
    this.freshNanos = fresh.toNanos();
    this.ticker = ticker;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(MOST_ANSWERS)
            .expireAfterWrite(longest)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * The answer for a key.
   *
   * @param ask asks without waiting; called when no answer is kept, or only an old one
   */
  CompletableFuture<V> get(K key, Supplier<CompletionStage<V>> ask) {
    Kept<V> known =
        kept.asMap()
            .compute(key, (k, old) -> old != null && old.isUsable() ? old : asked(ask.get()));
    boolean old = ticker.read() - known.askedNanos() > freshNanos;
    if (old && known.answer().isDone() && known.renewing().compareAndSet(false, true)) {
      renew(key, known, ask);
    }
    return known.answer();
  }

  private Kept<V> asked(CompletionStage<V> answer) {
    return new Kept<>(answer.toCompletableFuture(), ticker.read(), new AtomicBoolean());
  }

  /** Replaces what is kept, unless it was forgotten meanwhile. */
  private void renew(K key, Kept<V> known, Supplier<CompletionStage<V>> ask) {
    Kept<V> renewed = asked(ask.get());
    var unused =
        renewed
            .answer()
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    kept.asMap().replace(key, known, renewed);
                  } else {
                    known.renewing().set(false);
                  }
                });
  }

  /** The answer that is kept for a key, or null; asks nothing. */
  @Nullable V find(K key) {
    Kept<V> known = kept.getIfPresent(key);
    return known != null && known.answer().isDone() && known.isUsable()
        ? known.answer().join()
        : null;
  }

  /** Forgets the answers of some keys. */
  void forget(Predicate<K> keys) {
    kept.asMap().keySet().removeIf(keys);
  }
}
