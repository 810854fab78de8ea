package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.EarlierConfig;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.Undoable;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.understanding.Understanding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flow with the built-in providers and project keys for Groq and Gemini, and a notation for test tables. */
final class FlowFixture {
    static final ProviderRegistry PROVIDERS = SettingsLoader.parse(
                    "", Path.of("."), Map.of(), SettingsLoader.Purpose.SHOW)
            .providers();
    static final ProjectKeys PROJECT_KEYS = new ProjectKeys(
            PROVIDERS,
            Map.of(
                    new ProviderId("groq"), ApiKey.of("project-key-groq"),
                    new ProviderId("gemini"), ApiKey.of("project-key-gemini")),
            new Settings.DefaultModel(new ProviderId("groq"), null));
    static final Replies REPLIES = new Replies(Sentences.english(), PROVIDERS, PROJECT_KEYS);
    static final Flow FLOW = new Flow(PROVIDERS, PROJECT_KEYS, REPLIES);
    static final InputReader READER = new InputReader(PROVIDERS, new Understanding(PROVIDERS));

    private FlowFixture() {}

    static Provider provider(String id) {
        return Objects.requireNonNull(PROVIDERS.find(new ProviderId(id)), id);
    }

    /**
     * Parses a flow state: {@code none}, {@code provider}, {@code provider groq? own}, {@code use openai?},
     * {@code use openai? within key groq MODEL}, {@code source groq MODEL 'WORDS'},
     * {@code account cloudflare MODEL 'WORDS'}, {@code model groq own ACCOUNT DOUBTED SUGGESTED?} or {@code key groq MODEL ACCOUNT};
     * a dash for an absent value.
     */
    static @Nullable FlowState state(String text) {
        var parts = text.strip().split(" +", -1);
        return switch (parts[0]) {
            case "none" -> null;
            case "provider" -> {
                boolean own = parts[parts.length - 1].equals("own");
                boolean suggested = parts.length > (own ? 2 : 1);
                yield new AskProvider(
                        suggested ? provider(parts[1].replace("?", "")) : null, own ? KeySource.OWN : null);
            }
            case "use" -> {
                var halves = text.strip().split(" within ", 2);
                var named = halves[0].equals("use") ? null : provider(parts[1].replace("?", ""));
                yield new AskKeyUse(named, halves.length == 1 ? null : state(halves[1]));
            }
            case "source" -> new AskKeySource(provider(parts[1]), modelOrWords(parts), words(text));
            case "account" -> new AskAccountId(provider(parts[1]), modelOrWords(parts), words(text));
            case "model" ->
                new AskModelId(
                        provider(parts[1]), KeySource.ofWord(parts[2]), at(parts, 3), model(parts, 4), model(parts, 5));
            case "key" -> new AskApiKey(provider(parts[1]), at(parts, 3), model(parts, 2));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static @Nullable ModelId modelOrWords(String[] parts) {
        return parts.length > 2 && parts[2].startsWith("'") ? null : model(parts, 2);
    }

    /** What stands in quotes. */
    private static @Nullable String words(String text) {
        int quote = text.indexOf('\'');
        return quote < 0 ? null : text.substring(quote + 1, text.lastIndexOf('\''));
    }

    private static @Nullable String at(String[] parts, int index) {
        return parts.length <= index || parts[index].equals("-") ? null : parts[index];
    }

    private static @Nullable ModelId model(String[] parts, int index) {
        var id = at(parts, index);
        return id == null ? null : new ModelId(id.replaceAll("\\?$", ""));
    }

    /** Formats a step in the same notation, after its action. */
    static String describe(FlowStep step) {
        return switch (step) {
            case FlowStep.Ask(var state, var _) -> "ask " + describe(state);
            case FlowStep.LetGo(var ask) -> "let go " + describe(ask);
            case FlowStep.Tell _ -> "tell";
            case FlowStep.Leave _ -> "leave";
            case FlowStep.Apply(var choice) -> "apply " + describe(choice);
            case FlowStep.Undo(var choice) -> "take back " + describe(choice);
            case FlowStep.UndoToNone _ -> "take back to none";
            case FlowStep.SaveKey(var given) ->
                joined(
                        "save key",
                        given.provider().id(),
                        given.accountId(),
                        given.key().hint());
            case FlowStep.UseDefault _ -> "use default";
            case FlowStep.ForgetKeys(var providers) ->
                "forget " + providers.stream().map(Object::toString).collect(Collectors.joining(" "));
            case FlowStep.OnlyHere _ -> "only here";
            case FlowStep.SayWhich _ -> "which";
            case FlowStep.Hold(var key, var provider, var question) ->
                joined("hold", key.hint(), provider == null ? null : "for " + provider.id(), describe(question));
            case FlowStep.PassOn _ -> "pass on";
            case FlowStep.PassOnAndEnd _ -> "pass on and end";
        };
    }

    private static String describe(ModelChoice choice) {
        return joined(
                choice.provider().id(),
                choice.model(),
                choice.accountId(),
                switch (choice.key()) {
                    case KeyChoice.Project _ -> "project";
                    case KeyChoice.Stored _ -> "stored";
                    case KeyChoice.Given(var key) -> "given:" + key.hint();
                });
    }

    /** The facts of a user with one stored key, which is in use. */
    static Facts withKey(String provider, String model, @Nullable String accountId, String hint) {
        return withKeys(
                new ModelConfig(new ProviderId(provider), new ModelId(model), KeySource.OWN, Instant.EPOCH),
                null,
                new Facts.Key(new ProviderId(provider), accountId, hint, true));
    }

    static Facts withKeys(@Nullable ModelConfig inForce, @Nullable EarlierConfig earlier, Facts.Key... keys) {
        var lastChange = earlier == null ? null : new Undoable(Scope.allThreads(new UserId("alice")), earlier);
        return new Facts(inForce, false, List.of(keys), lastChange, null, List.of());
    }

    /** The same facts with a key that was pasted into the thread. */
    static Facts holding(Facts facts, String key, String... providers) {
        return facts.with(new HeldKeys.Held(
                ApiKey.of(key), Stream.of(providers).map(FlowFixture::provider).toList(), false));
    }

    /** The same facts with a key that was pasted for a provider. */
    static Facts holdingFor(Facts facts, String provider, String key) {
        return facts.with(new HeldKeys.Held(ApiKey.of(key), List.of(provider(provider)), true));
    }

    static String describe(FlowState state) {
        return switch (state) {
            case AskProvider(var suggested, var source) ->
                joined(
                        "provider",
                        suggested == null ? null : suggested.id() + "?",
                        source == null ? null : source.word());
            case AskKeyUse(var suggested, var interrupted) ->
                joined(
                        "use",
                        suggested == null ? null : suggested.id() + "?",
                        interrupted == null ? null : "within " + describe(interrupted));
            case AskKeySource(var provider, var model, var words) ->
                joined("source", provider.id(), model, quoted(words));
            case AskAccountId(var provider, var model, var words) ->
                joined("account", provider.id(), model, quoted(words));
            case AskModelId(var provider, var source, var account, var doubted, var suggested) ->
                joined(
                        "model",
                        provider.id(),
                        source.word(),
                        account == null && doubted != null ? "-" : account,
                        doubted,
                        suggested == null ? null : suggested + "?");
            case AskApiKey(var provider, var account, var model) ->
                joined("key", provider.id(), account != null && model == null ? "-" : model, account);
        };
    }

    private static @Nullable String quoted(@Nullable String words) {
        return words == null ? null : "'" + words + "'";
    }

    private static String joined(@Nullable Object... parts) {
        return Stream.of(parts).filter(Objects::nonNull).map(Object::toString).collect(Collectors.joining(" "));
    }
}
