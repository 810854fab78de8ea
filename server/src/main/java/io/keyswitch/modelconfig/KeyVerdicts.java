package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.CompletionListener;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;

/**
 * Keeps the verdicts on stored keys true: what a completion shows of a key replaces an earlier verdict. In particular it
 * settles a key that was saved unchecked. Never blocks; thread-safe.
 */
public final class KeyVerdicts implements CompletionListener {
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final Executor executor;
    private final InstantSource clock;

    public KeyVerdicts(ModelConfigs configs, StoredKeys storedKeys, Executor executor, InstantSource clock) {
        this.configs = configs;
        this.storedKeys = storedKeys;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public void answered(Target target) {
        settle(target, new Verdict.Valid());
    }

    @Override
    public void failed(Target target, LlmFailure failure) {
        var verdict = KeyCheck.verdict(failure).onKey();
        // A provider that refuses the model or the message has accepted the key.
        if (failure.concernsKey() || failure.is(Reason.NO_CREDIT) || verdict instanceof Verdict.Valid) {
            settle(target, verdict);
        }
    }

    private void settle(Target target, Verdict verdict) {
        var user = new UserId(target.owner());
        var known = configs.knownInMemory(user);
        if (known == null) {
            later(() -> settle(user, configs.known(user), target, verdict));
        } else if (isNews(known, target, verdict)) {
            later(() -> settle(user, known, target, verdict));
        }
    }

    private void later(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (DatabaseUnavailableException _) {
                // Logged by the database; the next use of the key gives the verdict again.
            }
        });
    }

    private static boolean isNews(ModelConfigs.Known known, Target target, Verdict verdict) {
        var key = known.key(target.provider().id());
        return key != null
                && key.hint().equals(target.key().hint())
                && !verdict.word().equals(key.check().verdict());
    }

    private void settle(UserId user, ModelConfigs.Known known, Target target, Verdict verdict) {
        var key = known.key(target.provider().id());
        if (key != null && isNews(known, target, verdict)) {
            save(user, key, target, verdict);
        }
    }

    /** The stored key may have the last characters of the used one by chance. */
    private void save(UserId user, StoredKey key, Target target, Verdict verdict) {
        if (storedKeys.isSame(user, target.provider(), key, target.key())) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            configs.saveCheck(user, key, new StoredKey.Check(now, verdict.word()));
        }
    }
}
