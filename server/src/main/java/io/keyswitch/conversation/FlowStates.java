package io.keyswitch.conversation;

import io.keyswitch.core.ThreadRef;
import io.keyswitch.language.Language;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The flows in progress, one per thread, stored in the database so that they survive a restart, with the key that a flow
 * holds. Blocking; thread-safe.
 */
public final class FlowStates {
    /**
     * The stored flow of a thread.
     *
     * @param state null if the flow is over, or its provider is no longer in the registry
     * @param since when the question was asked or the flow ended; null if there never was a flow
     * @param keyAskedAt when a key was last asked for in this thread; null if never
     * @param language the language of the thread's last request; null if that is not known
     * @param keyAskedAnywhereAt when its user was last asked for a key in any thread; null if never
     * @param thisThread whether the flow chooses a model for its thread alone
     * @param changed the change of the model with which the flow has ended; null if it has not, or if the model has answered since
     */
    record Stored(
            @Nullable FlowState state,
            @Nullable Instant since,
            @Nullable Instant keyAskedAt,
            @Nullable Instant keyAskedAnywhereAt,
            @Nullable Language language,
            boolean thisThread,
            @Nullable JustChanged changed) {}

    /** The step of an ended flow, kept because its user may still paste a key. */
    private static final String OVER = "over";

    /** The step of a flow that has just changed the model, kept because its user may at once correct it. */
    private static final String CHANGED = "changed";

    /**
     * How a flow goes on.
     *
     * @param language its language; null if that is not known
     * @param thisThread whether it chooses a model for its thread alone
     */
    record Manner(@Nullable Language language, boolean thisThread) {}

    /** What a question in the model_change table is about; public only for Jdbi. */
    public record Question(
            @Nullable String provider,
            @Nullable String keySource,
            @Nullable String accountId,
            @Nullable String modelId,
            @Nullable String modelWords,
            @Nullable String suggestedModelId) {
        static final Question NONE = about(null, null, null);

        static Question about(@Nullable Provider provider, @Nullable ModelId model, @Nullable String words) {
            return new Question(idOf(provider), null, null, idOf(model), words, null);
        }

        Question of(@Nullable String otherProvider) {
            return new Question(otherProvider, keySource, accountId, modelId, modelWords, suggestedModelId);
        }

        static Question read(ResultSet row) throws SQLException {
            return new Question(
                    row.getString("provider"),
                    row.getString("key_source"),
                    row.getString("account_id"),
                    row.getString("model_id"),
                    row.getString("model_words"),
                    row.getString("suggested_model_id"));
        }
    }

    /**
     * A row of the model_change table; public only for Jdbi.
     *
     * @param interruptedStep the step of the question that a pasted key has interrupted; null if none was
     * @param interruptedProvider its provider
     */
    public record Row(
            String step,
            @Nullable String interruptedStep,
            @Nullable String interruptedProvider,
            Question question,
            Instant updatedAt,
            @Nullable Instant keyAskedAt,
            @Nullable String language,
            boolean thisThread) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("step"),
                    row.getString("interrupted_step"),
                    row.getString("interrupted_provider"),
                    Question.read(row),
                    Instant.ofEpochMilli(row.getLong("updated_at")),
                    instant(row.getObject("key_asked_at")),
                    row.getString("language"),
                    row.getInt("this_thread") != 0);
        }

        static @Nullable Instant instant(@Nullable Object millis) {
            return millis instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
        }
    }

    private final Database database;
    private final ProviderRegistry providers;
    private final HeldKeys heldKeys;

    public FlowStates(Database database, ProviderRegistry providers, HeldKeys heldKeys) {
        this.database = database;
        this.providers = providers;
        this.heldKeys = heldKeys;
    }

    /** The flow of a thread, and when the user was last asked for a key in any thread. */
    Stored find(ThreadRef thread) {
        return database.read(handle -> find(handle, thread));
    }

    Stored find(Handle handle, ThreadRef thread) {
        return handle.createQuery("""
                        SELECT flow.step, flow.provider, flow.key_source, flow.account_id, flow.model_id,
                               flow.model_words, flow.suggested_model_id, flow.updated_at, flow.key_asked_at, flow.language,
                               flow.this_thread, flow.interrupted_step, flow.interrupted_provider,
                               (SELECT max(key_asked_at) FROM model_change WHERE user_id = :user) AS key_asked_anywhere_at
                        FROM (SELECT 1) AS one
                        LEFT JOIN model_change flow ON flow.user_id = :user AND flow.thread_id = :thread
                        """)
                .bindMethods(thread)
                .map((result, _) -> stored(result))
                .one();
    }

    private Stored stored(ResultSet result) throws SQLException {
        var anywhere = Row.instant(result.getObject("key_asked_anywhere_at"));
        if (result.getString("step") == null) {
            return new Stored(null, null, null, anywhere, null, false, null);
        }
        var row = Row.read(result);
        var provider = provider(row.question().provider());
        var state = state(row);
        return new Stored(
                state,
                row.updatedAt(),
                row.keyAskedAt(),
                anywhere,
                Language.ofCode(row.language()),
                row.thisThread(),
                row.step().equals(CHANGED) ? new JustChanged(provider, row.updatedAt()) : null);
    }

    private @Nullable Provider provider(@Nullable String id) {
        return id == null ? null : providers.find(new ProviderId(id));
    }

    private static @Nullable ModelId modelId(@Nullable String id) {
        return id == null ? null : new ModelId(id);
    }

    private @Nullable FlowState state(Row row) {
        var question = row.question();
        if (QuestionName.of(row.step()) != QuestionName.KEY_USE) {
            return state(row.step(), question);
        }
        var interrupted = row.interruptedStep() == null
                ? null
                : state(row.interruptedStep(), question.of(row.interruptedProvider()));
        return new FlowState.AskKeyUse(provider(question.provider()), interrupted);
    }

    private @Nullable FlowState state(String step, Question about) {
        var provider = provider(about.provider());
        var model = modelId(about.modelId());
        var source = about.keySource() == null ? null : KeySource.ofWord(about.keySource());
        return switch (QuestionName.of(step)) {
            case null -> null;
            case KEY_USE -> null;
            case PROVIDER -> new FlowState.AskProvider(provider, source);
            case KEY_SOURCE ->
                provider == null ? null : new FlowState.AskKeySource(provider, model, about.modelWords());
            case ACCOUNT_ID ->
                provider == null ? null : new FlowState.AskAccountId(provider, model, about.modelWords());
            case MODEL_ID ->
                provider == null || source == null
                        ? null
                        : new FlowState.AskModelId(
                                provider, source, about.accountId(), model, modelId(about.suggestedModelId()));
            case API_KEY -> provider == null ? null : new FlowState.AskApiKey(provider, about.accountId(), model);
        };
    }

    private static Row row(FlowState state, Manner manner, Instant now) {
        var use = state instanceof FlowState.AskKeyUse asked ? asked : null;
        var interrupted = use == null ? null : use.interrupted();
        var about = interrupted == null ? Question.NONE : question(interrupted);
        return new Row(
                QuestionName.of(state).word(),
                interrupted == null ? null : QuestionName.of(interrupted).word(),
                about.provider(),
                use == null ? question(state) : about.of(idOf(use.suggested())),
                now,
                state instanceof FlowState.AskApiKey ? now : null,
                manner.language() == null ? null : manner.language().code(),
                manner.thisThread());
    }

    private static Question question(FlowState state) {
        return switch (state) {
            case FlowState.AskProvider(var suggested, var source) ->
                new Question(idOf(suggested), source == null ? null : source.word(), null, null, null, null);
            case FlowState.AskKeyUse _ -> throw new IllegalArgumentException("it interrupts another question");
            case FlowState.AskKeySource(var provider, var model, var words) -> Question.about(provider, model, words);
            case FlowState.AskAccountId(var provider, var model, var words) -> Question.about(provider, model, words);
            case FlowState.AskModelId(var provider, var source, var account, var doubted, var suggested) ->
                new Question(idOf(provider), source.word(), account, idOf(doubted), null, idOf(suggested));
            case FlowState.AskApiKey(var provider, var account, var model) ->
                new Question(idOf(provider), null, account, idOf(model), null, null);
        };
    }

    /** The row of a flow that has ended, kept for what it still tells. */
    private static Row ended(String step, Question about, @Nullable Language language, Instant now) {
        return new Row(step, null, null, about, now, null, language == null ? null : language.code(), false);
    }

    private static @Nullable String idOf(@Nullable Provider provider) {
        return provider == null ? null : provider.id().value();
    }

    private static @Nullable String idOf(@Nullable ModelId model) {
        return model == null ? null : model.value();
    }

    /** Saves the open question. One for another key than the held one ends that. */
    void save(Handle handle, ThreadRef thread, FlowState state, Manner manner, Instant now) {
        write(handle, thread, row(state, manner, now));
        if (state instanceof FlowState.AskApiKey) {
            heldKeys.drop(handle, thread);
        }
    }

    /**
     * Holds a key until the open question is answered.
     *
     * @param provider the provider it was pasted for; null if that has not been said
     */
    void hold(Handle handle, ThreadRef thread, ApiKey key, @Nullable Provider provider) {
        heldKeys.hold(handle, thread, key, provider);
    }

    /** Deletes the held key. */
    void letGo(Handle handle, ThreadRef thread) {
        heldKeys.drop(handle, thread);
    }

    boolean isHolding(ThreadRef thread) {
        return heldKeys.find(thread) != null;
    }

    /** Changes the flow of a thread at once. */
    void change(Consumer<Handle> change) {
        database.write(handle -> {
            change.accept(handle);
            return true;
        });
    }

    /**
     * Ends the flow of a thread. Its row is kept for what it still tells: that a key was asked for, so that a late or
     * repeated one is not treated as a chat message, and the language.
     *
     * @param language the language of the last request; null if that is not known
     */
    void end(Handle handle, ThreadRef thread, Stored stored, @Nullable Language language, Instant now) {
        if (stored.keyAskedAt() != null || language != null) {
            write(handle, thread, ended(OVER, Question.NONE, language, now));
            heldKeys.drop(handle, thread);
        } else {
            delete(handle, thread);
        }
    }

    /** Ends the flow of a thread that has changed the model. */
    void endChanged(Handle handle, ThreadRef thread, Provider to, @Nullable Language language, Instant now) {
        write(handle, thread, ended(CHANGED, Question.about(to, null, null), language, now));
        heldKeys.drop(handle, thread);
    }

    private static void write(Handle handle, ThreadRef thread, Row row) {
        handle.createUpdate("""
                        INSERT INTO model_change
                            (user_id, thread_id, step, provider, key_source, account_id, model_id, model_words,
                             suggested_model_id, updated_at, key_asked_at, language, this_thread, interrupted_step,
                             interrupted_provider)
                        VALUES (:user, :thread, :step, :provider, :keySource, :accountId, :modelId, :modelWords,
                                :suggestedModelId, :updatedAt, :keyAskedAt, :language, :flag, :interruptedStep, :interruptedProvider)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            step = excluded.step, provider = excluded.provider, key_source = excluded.key_source,
                            account_id = excluded.account_id, model_id = excluded.model_id,
                            model_words = excluded.model_words,
                            suggested_model_id = excluded.suggested_model_id, updated_at = excluded.updated_at,
                            key_asked_at = coalesce(excluded.key_asked_at, model_change.key_asked_at),
                            language = coalesce(excluded.language, model_change.language),
                            this_thread = excluded.this_thread, interrupted_step = excluded.interrupted_step,
                            interrupted_provider = excluded.interrupted_provider
                        """)
                .bindMethods(thread)
                .bindMethods(row)
                .bindMethods(row.question())
                .bind("flag", row.thisThread() ? 1 : 0)
                .execute();
    }

    void delete(Handle handle, ThreadRef thread) {
        handle.createUpdate("DELETE FROM model_change WHERE user_id = :user AND thread_id = :thread")
                .bindMethods(thread)
                .execute();
        heldKeys.drop(handle, thread);
    }
}
