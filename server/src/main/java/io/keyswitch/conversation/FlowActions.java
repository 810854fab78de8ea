package io.keyswitch.conversation;

import io.keyswitch.conversation.ModelChange.ForModel;
import io.keyswitch.conversation.ModelChange.Handled;
import io.keyswitch.conversation.ModelChange.Performed;
import io.keyswitch.conversation.ModelChange.Prepared;
import io.keyswitch.conversation.ModelChange.Read;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.modelconfig.Checked;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.modelconfig.SetupWarning;
import io.keyswitch.modelconfig.Undoable;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Performs the steps of the flow: saves, deletes and holds what they decide, and says so. Blocking; the thread's lock must be
 * held.
 */
final class FlowActions {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final ModelSetup setup;
    private final FlowStates states;
    private final Voices voices;
    private final KeyFormats keyFormats;
    private final InstantSource clock;

    FlowActions(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            ModelConfigs configs,
            ModelSetup setup,
            FlowStates states,
            Voices voices,
            InstantSource clock) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.setup = setup;
        this.states = states;
        this.voices = voices;
        this.keyFormats = new KeyFormats(providers);
        this.clock = clock;
    }

    /** Applies the decision about a message. The thread's lock must be held. */
    Performed perform(Prepared prepared) {
        return switch (prepared.step()) {
            case FlowStep.PassOn _ -> passOn(prepared);
            case FlowStep.PassOnAndEnd _ -> new ForModel(handle -> end(handle, prepared));
            case FlowStep.Ask ask -> ask(prepared, ask);
            case FlowStep.Hold hold -> hold(prepared, hold);
            case FlowStep.LetGo letGo -> letGo(prepared, letGo);
            case FlowStep.Tell(var reply) -> tell(prepared, reply);
            case FlowStep.Leave(var reply) -> ended(prepared, reply);
            case FlowStep.UseDefault _ -> done(prepared, useDefault(prepared));
            case FlowStep.UndoToNone _ -> done(prepared, undoToNone(prepared));
            case FlowStep.OnlyHere step -> onlyHere(prepared, step);
            case FlowStep.ForgetKeys(var providers) -> done(prepared, forgetKeys(prepared, providers));
            case FlowStep.SayWhich _ -> sayWhich(prepared);
            case FlowStep.Checkable step -> save(prepared, step);
        };
    }

    /**
     * The scope that a message changes: that of the change it undoes, its thread if it says so or has a config of its
     * own, else the default.
     */
    private static Scope scope(Prepared prepared) {
        var thread = prepared.thread();
        var undone = undone(prepared);
        if (undone != null) {
            return undone.scope();
        }
        return prepared.read().isForThisThread() || prepared.facts().ofThread()
                ? Scope.only(thread)
                : Scope.allThreads(thread.user());
    }

    private static @Nullable Undoable undone(Prepared prepared) {
        return prepared.read().input() instanceof UserInput.ModelRequest(Intent.Undo _, var _, var _, var _)
                ? prepared.facts().lastChange()
                : null;
    }

    private Replies replies(Prepared prepared) {
        return voices.of(prepared.read()).replies();
    }

    private Handled ask(Prepared prepared, FlowStep.Ask ask) {
        var now = clock.instant();
        return new Handled(
                prepared.kept(),
                ask.reply(),
                voices.of(prepared.read()).prompts().prompt(ask.state(), prepared.facts()),
                false,
                handle -> states.save(handle, prepared.thread(), ask.state(), manner(prepared), now));
    }

    private Handled hold(Prepared prepared, FlowStep.Hold hold) {
        return ask(prepared, hold.question())
                .andThen(handle -> states.hold(handle, prepared.thread(), hold.key(), hold.provider()));
    }

    private Handled letGo(Prepared prepared, FlowStep.LetGo letGo) {
        return ask(prepared, letGo.question()).andThen(handle -> states.letGo(handle, prepared.thread()));
    }

    /** Holds the key that was removed from a message for the model, so that its user can still choose to use it. */
    private ForModel passOn(Prepared prepared) {
        var key = heldKey(prepared.read());
        boolean changed = prepared.read().stored().changed() != null;
        return new ForModel(handle -> {
            if (changed) {
                end(handle, prepared);
            }
            if (key != null) {
                states.hold(handle, prepared.thread(), key, null);
            }
        });
    }

    /** Whether the key that was removed from a message for the model is held. */
    boolean isHeld(Read read) {
        return heldKey(read) != null;
    }

    private @Nullable ApiKey heldKey(Read read) {
        var key = read.input() instanceof UserInput.PlainMessage message ? message.key() : null;
        return key == null || keyFormats.of(key).isEmpty() ? null : key;
    }

    private static FlowStates.Manner manner(Prepared prepared) {
        var read = prepared.read();
        var undone = undone(prepared);
        boolean thisThread =
                undone == null ? read.isForThisThread() : undone.scope().isThread();
        return new FlowStates.Manner(read.spokenLanguage(), thisThread);
    }

    /** Leaves the flow as it is, but for the language of a request outside of it. */
    private Handled tell(Prepared prepared, String reply) {
        var read = prepared.read();
        boolean news = read.question() == null
                && read.spokenLanguage() != null
                && read.spokenLanguage() != read.stored().language();
        return new Handled(prepared.kept(), reply, null, false, handle -> {
            if (news) {
                end(handle, prepared);
            }
        });
    }

    private Handled ended(Prepared prepared, String reply) {
        return new Handled(prepared.kept(), reply, null, false, handle -> end(handle, prepared));
    }

    /** The end of a flow that has changed a setting. */
    private Handled done(Prepared prepared, String reply) {
        return done(prepared, reply, null);
    }

    /** @param changed the provider that a change of the model has led to; null if it was none */
    private Handled done(Prepared prepared, String reply, @Nullable Provider changed) {
        return new Handled(prepared.kept(), reply, null, true, handle -> {
            if (changed == null) {
                end(handle, prepared);
            } else {
                // The next message may correct it.
                var language = prepared.read().spokenLanguage();
                states.endChanged(handle, prepared.thread(), changed, language, clock.instant());
            }
        });
    }

    private static @Nullable Provider changedTo(Prepared prepared, FlowStep.Checkable step) {
        return switch (step) {
            case FlowStep.Apply(var choice) -> isNew(choice, prepared.facts().inForce()) ? choice.provider() : null;
            case FlowStep.Undo(var choice) -> choice.provider();
            case FlowStep.SaveKey _ -> null;
        };
    }

    /** The same choice once more leaves nothing to put back. */
    private static boolean isNew(ModelChoice choice, @Nullable ModelConfig before) {
        var source = choice.key().source();
        return before == null
                || !before.provider().equals(choice.provider().id())
                || !before.modelId().equals(choice.model())
                || before.keySource() != source;
    }

    private void end(Handle handle, Prepared prepared) {
        var read = prepared.read();
        states.end(handle, prepared.thread(), read.stored(), read.spokenLanguage(), clock.instant());
    }

    private Handled save(Prepared prepared, FlowStep.Checkable step) {
        var scope = scope(prepared);
        var accepted = Objects.requireNonNull(prepared.accepted());
        if (usesHeldKey(prepared, step) && !states.isHolding(prepared.thread())) {
            return ended(prepared, replies(prepared).keyNoLongerHeld());
        }
        var outcome = step instanceof FlowStep.Undo && accepted instanceof Checked.AcceptedChoice earlier
                ? setup.undo(scope, earlier)
                : setup.save(scope, accepted);
        return switch (outcome) {
            case SetupOutcome.Saved(var config, var warning) ->
                done(
                        prepared,
                        replies(prepared)
                                .done(
                                        scope,
                                        providers.displayName(config.provider()),
                                        config,
                                        replacedKey(prepared, step),
                                        warning),
                        changedTo(prepared, step));
            case SetupOutcome.KeySaved(var key, var warning) ->
                done(prepared, keySaved(prepared, step, key.provider(), warning));
            case SetupOutcome.Refused refused ->
                refused(prepared, voices.of(prepared.read()).flow().refused(refused, step));
        };
    }

    /** The last characters of the key in whose place the step has stored another; null if there is none. */
    private static @Nullable String replacedKey(Prepared prepared, FlowStep.Checkable step) {
        var given = step.givenKey();
        return given == null ? null : replacedKey(prepared.facts(), step.provider(), given);
    }

    private static @Nullable String replacedKey(Facts facts, Provider provider, ApiKey given) {
        return facts.keys().stream()
                .filter(key -> key.provider().equals(provider.id()))
                .map(Facts.Key::hint)
                .filter(hint -> !hint.equals(given.hint()))
                .findFirst()
                .orElse(null);
    }

    private String keySaved(
            Prepared prepared, FlowStep.Checkable step, ProviderId provider, @Nullable SetupWarning warning) {
        boolean first =
                prepared.facts().keys().stream().noneMatch(key -> key.provider().equals(provider));
        return replies(prepared).keySaved(providers.displayName(provider), first, replacedKey(prepared, step), warning);
    }

    /** Whether the step uses the key that was held when the message was read; it may have been deleted since. */
    private static boolean usesHeldKey(Prepared prepared, FlowStep.Checkable step) {
        var held = prepared.facts().held();
        return held != null && Objects.equals(held.key(), step.givenKey());
    }

    private Handled refused(Prepared prepared, FlowStep.AskOrLeave step) {
        return switch (step) {
            case FlowStep.Ask ask -> ask(prepared, ask);
            case FlowStep.Leave(var reply) -> ended(prepared, reply);
        };
    }

    private String useDefault(Prepared prepared) {
        var scope = scope(prepared);
        boolean changed = configs.delete(scope);
        if (scope.isThread()) {
            return replies(prepared).likeOtherChats(nowInUse(prepared));
        }
        var standard = projectKeys.defaultModel();
        return !changed && standard != null
                ? replies(prepared).alreadyOnDefault()
                : replies(prepared).nowOnDefault(standard, keptKeyOf(prepared.facts()));
    }

    private String undoToNone(Prepared prepared) {
        var scope = scope(prepared);
        if (!configs.undo(scope)) {
            return replies(prepared).failed(new Failure(Reason.CHANGED_MEANWHILE));
        }
        return scope.isThread()
                ? replies(prepared).likeOtherChats(nowInUse(prepared))
                : replies(prepared).nowOnDefault(projectKeys.defaultModel(), keptKeyOf(prepared.facts()));
    }

    private Handled onlyHere(Prepared prepared, FlowStep.OnlyHere step) {
        var thread = prepared.thread();
        var config = prepared.facts().ofThread()
                ? prepared.facts().inForce()
                : configs.narrow(thread, step.provider(), step.restores(), clock.instant())
                        .orElse(null);
        return config == null
                ? ended(prepared, replies(prepared).failed(new Failure(Reason.CHANGED_MEANWHILE)))
                : done(
                        prepared,
                        replies(prepared)
                                .done(Scope.only(thread), providers.displayName(config.provider()), config, null, null),
                        providers.find(step.provider()));
    }

    /** The provider whose key stays stored though it is no longer in use; null if there is none. */
    private @Nullable String keptKeyOf(Facts before) {
        var config = before.configOnOwnKey();
        return config == null ? null : providers.displayName(config.provider());
    }

    /** What the thread uses after a change; null for nothing. */
    private @Nullable InUse nowInUse(Prepared prepared) {
        return InUse.of(configs.inForce(prepared.thread()).config(), providers, projectKeys);
    }

    private String forgetKeys(Prepared prepared, List<ProviderId> meant) {
        var user = prepared.thread().user();
        var deletions = meant.stream()
                .collect(Collectors.toMap(provider -> provider, provider -> configs.deleteKey(user, provider)));
        var deleted = meant.stream()
                .filter(provider -> deletions.get(provider) != ModelConfigs.KeyDeletion.NONE)
                .map(providers::displayName)
                .toList();
        if (deleted.isEmpty()) {
            return replies(prepared).noKeyStored(providers.displayName(meant.getFirst()));
        }
        var left = configs.keys(user).stream()
                .map(key -> providers.displayName(key.provider()))
                .toList();
        boolean used = deletions.containsValue(ModelConfigs.KeyDeletion.KEY_AND_CONFIGS);
        return replies(prepared).keysForgotten(deleted, used, left);
    }

    private Handled sayWhich(Prepared prepared) {
        var question = prepared.read().question();
        var voice = voices.of(prepared.read());
        var which = voice.replies().withKeys(which(voice.replies(), prepared), otherKeys(prepared));
        return question == null
                ? tell(prepared, which)
                : new Handled(
                        prepared.kept(),
                        which + "\n\n" + voice.replies().stillAsking(),
                        voice.prompts().prompt(question, prepared.facts()),
                        false,
                        _ -> {});
    }

    /** The stored keys with their last characters, if any of them is not in use. */
    private List<String> otherKeys(Prepared prepared) {
        var own = prepared.facts().configOnOwnKey();
        var keys = prepared.facts().keys();
        boolean onlyUsed =
                keys.size() == 1 && own != null && keys.getFirst().provider().equals(own.provider());
        return onlyUsed
                ? List.of()
                : keys.stream()
                        .map(key -> providers.displayName(key.provider()) + " ••••" + key.hint())
                        .toList();
    }

    private String which(Replies replies, Prepared prepared) {
        var inForce = configs.inForce(prepared.thread());
        var inUse = InUse.of(inForce.config(), providers, projectKeys);
        if (inUse == null) {
            return replies.usingNothing();
        }
        var own = prepared.facts().configOnOwnKey();
        return replies.using(
                inUse,
                own == null ? null : hint(prepared.thread().user(), own),
                own == null || isReadable(prepared.facts(), own),
                inForce.scope().isThread());
    }

    private String hint(UserId user, ModelConfig config) {
        var key = configs.key(user, config.provider());
        return key == null ? "" : key.hint();
    }

    private boolean isReadable(Facts known, ModelConfig config) {
        var provider = providers.find(config.provider());
        return provider == null || known.hasKey(provider);
    }

    /** Starts the flow for a user who has no model. */
    Handled offer(Prepared prepared) {
        return ask(
                prepared,
                new FlowStep.Ask(
                        new FlowState.AskProvider(null),
                        voices.of(prepared.read()).replies().offer()));
    }
}
