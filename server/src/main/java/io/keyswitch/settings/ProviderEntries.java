package io.keyswitch.settings;

import io.keyswitch.provider.AccountIdRule;
import io.keyswitch.provider.CheckCall;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelsEndpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.settings.SettingsFile.ProviderEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the provider registry from the file's entries and reports inconsistent ones. */
final class ProviderEntries {
    /** IDs that Keyswitch uses itself. */
    private static final Set<String> RESERVED = Set.of("keyswitch", "default");

    /** Marks an entry whose models are plugins. */
    private static final String BEHIND = "behind";

    /** The fields that an entry whose models are plugins copies from its provider. */
    private static final List<String> OF_THE_API = List.of(
            "wire",
            "baseUrl",
            "auth",
            "headers",
            "accountId",
            "check",
            "quirks",
            "keyName",
            "keyHelpUrl",
            "keyPrefixHint",
            "keyPrefixes");

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,1000}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
    private static final Pattern OWN_VARIABLE = Pattern.compile(
            "LLM_SETTINGS_ENCRYPTION_KEY|SWARMSPACE_INTERNAL_TOKEN|METRICS_TOKEN|DATABASE_PASSWORD|KEYSWITCH_.*");
    private static final Pattern ACCOUNT_IN_HOST = Pattern.compile("[a-z]+://[^/]*\\{accountId}.*");
    private static final Pattern WITH_PATH = Pattern.compile("[a-z]+://[^/]+/.+");

    /** Headers that Keyswitch sets itself, including those that carry the key. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "accept",
            "accept-encoding");

    private final Mistakes mistakes;
    private final List<Provider> providers = new ArrayList<>();

    private ProviderEntries(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Completes the entries before they are validated: removes built-in entries without a base URL, and copies the API
     * of the chat provider to entries whose models are plugins.
     *
     * @param entries those of the built-in registry, overridden by the file
     */
    static void complete(ObjectNode entries, Set<String> builtIn, PluginEntries.Chats chats) {
        for (var id : List.copyOf(entries.propertyNames())) {
            if (!(entries.get(id) instanceof ObjectNode entry)) {
                continue;
            }
            if (entry.has(BEHIND)) {
                var api = chats.provider() == null ? null : entries.get(chats.provider());
                if (api instanceof ObjectNode provider) {
                    entries.set(id, behindPlugins(entry, provider, chats));
                } else {
                    entries.remove(id);
                }
            } else if (builtIn.contains(id) && SettingsTree.isAbsent(entry.path("baseUrl"))) {
                entries.remove(id);
            }
        }
    }

    private static JsonNode behindPlugins(ObjectNode entry, ObjectNode provider, PluginEntries.Chats chats) {
        var api = provider.deepCopy().retain(OF_THE_API);
        if (!api.has("keyName")) {
            api.set("keyName", provider.path("displayName"));
        }
        var merged = (ObjectNode) SettingsTree.overlay(api, entry);
        merged.remove(BEHIND);
        var names = merged.putObject("modelNames");
        chats.models().forEach(names::put);
        return merged;
    }

    /** The IDs of the entries whose models are plugins. */
    static Set<String> behindPlugins(JsonNode entries) {
        return entries.properties().stream()
                .filter(entry -> entry.getValue().has(BEHIND))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    static ProviderRegistry registry(Map<String, @Nullable ProviderEntry> entries, Mistakes mistakes) {
        var reader = new ProviderEntries(mistakes);
        entries.forEach((id, entry) -> {
            if (entry != null) {
                reader.read(id, entry);
            }
        });
        return reader.registry();
    }

    private void read(String id, ProviderEntry entry) {
        var path = "providers." + id;
        if (!ProviderId.isValid(id) || RESERVED.contains(id)) {
            mistakes.at(path, "is not a valid provider ID: use 2 to 32 lower-case letters, digits and dashes");
            return;
        }
        entry.headers().forEach((name, value) -> checkHeader(path, name, value));
        entry.modelNames().forEach((alias, name) -> checkModelName(path, alias, name));
        boolean fits = fitsProjectKey(path, entry.projectKey());
        if (entry.baseUrl() != null) {
            fits &= fitsBaseUrl(path, entry, entry.baseUrl().value());
        }
        boolean whole = entry.baseUrl() != null && entry.defaultModel() != null;
        if (whole && fits) {
            providers.add(provider(new ProviderId(id), entry));
        }
    }

    private void checkHeader(String path, String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            mistakes.at(
                    path + ".headers",
                    "holds \"%s\", which is not a header that can be set here: remove it".formatted(name));
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            mistakes.at(path + ".headers." + name, "must have visible ASCII characters only");
        }
    }

    private void checkModelName(String path, String alias, String name) {
        if (!ModelId.isValid(alias) || !ModelId.isValid(name)) {
            mistakes.at(path + ".modelNames." + alias, "must be a model ID of 2 to 128 characters, as must its key");
        }
    }

    private boolean fitsProjectKey(String path, @Nullable String variable) {
        if (variable == null) {
            return true;
        }
        if (OWN_VARIABLE.matcher(variable).matches()) {
            mistakes.at(path + ".projectKey", "names a variable that is reserved for Keyswitch: use another one");
            return false;
        }
        if (!isVariable(variable)) {
            mistakes.at(path + ".projectKey", "must be the name of an environment variable, not the key itself");
            return false;
        }
        return true;
    }

    /** Checks what must fit the base URL. */
    private boolean fitsBaseUrl(String path, ProviderEntry entry, String baseUrl) {
        boolean fits = fitsAccountId(path, entry, baseUrl);
        fits &= fitsBelow(path + ".check", entry.check().get(), baseUrl);
        fits &= fitsBelow(
                path + ".models", entry.models() == null ? null : entry.models().get(), baseUrl);
        if (ACCOUNT_IN_HOST.matcher(baseUrl).matches()) {
            mistakes.at(
                    path + ".baseUrl", "has {accountId} in its host, which users must not choose: put it in the path");
            return false;
        }
        return fits;
    }

    private boolean fitsAccountId(String path, ProviderEntry entry, String baseUrl) {
        if (baseUrl.contains(Provider.ACCOUNT_ID_SLOT) != (entry.accountId() != null)) {
            mistakes.at(path + ".accountId", "and {accountId} in baseUrl go together: write both or neither");
            return false;
        }
        return entry.accountId() == null || entry.accountId().pattern() != null;
    }

    private boolean fitsBelow(String path, @Nullable String get, String baseUrl) {
        if (goesAbove(get, baseUrl)) {
            mistakes.at(path, "begins with ../, but baseUrl has no segment to replace: begin with /");
            return false;
        }
        return true;
    }

    private static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches() && !ScannedText.of(name).hasSecrets();
    }

    /** Whether a path that begins with {@code ../} would replace the host. */
    private static boolean goesAbove(@Nullable String path, String baseUrl) {
        return path != null
                && path.startsWith("../")
                && !WITH_PATH.matcher(baseUrl).matches();
    }

    private static Provider provider(ProviderId id, ProviderEntry entry) {
        var displayName = Objects.requireNonNullElse(entry.displayName(), id.value());
        return new Provider(
                id,
                new Provider.Names(displayName, entry.aliases()),
                new Provider.Api(
                        entry.wire(),
                        entry.baseUrl().value(),
                        entry.auth(),
                        entry.headers(),
                        accountId(entry.accountId())),
                new Provider.Keys(
                        Objects.requireNonNullElse(entry.keyName(), displayName),
                        entry.projectKey(),
                        check(entry.check()),
                        entry.keyHelpUrl(),
                        entry.keyPrefixHint(),
                        Stream.concat(Stream.ofNullable(entry.keyPrefixHint()), entry.keyPrefixes().stream())
                                .toList()),
                new Provider.Models(
                        entry.defaultModel(),
                        entry.exampleModels().stream().map(ModelId::new).toList(),
                        entry.modelNames(),
                        models(entry.models(), entry.wire())),
                quirks(entry.quirks()));
    }

    private static @Nullable AccountIdRule accountId(SettingsFile.@Nullable AccountId rule) {
        return rule == null
                ? null
                : new AccountIdRule(rule.label(), rule.pattern(), Objects.requireNonNullElse(rule.help(), ""));
    }

    private static CheckCall check(SettingsFile.Check check) {
        var statuses = check.doubtful().stream().map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
        return new CheckCall(check.get(), statuses);
    }

    private static @Nullable ModelsEndpoint models(SettingsFile.@Nullable Models models, WireName wire) {
        if (models == null || models.get() == null) {
            return null;
        }
        var usual = switch (wire) {
            case OPENAI -> ModelsEndpoint.Shape.OPENAI;
            case ANTHROPIC -> ModelsEndpoint.Shape.ANTHROPIC;
            case GEMINI -> ModelsEndpoint.Shape.GEMINI;
        };
        return new ModelsEndpoint(models.get(), Objects.requireNonNullElse(models.shape(), usual));
    }

    private static Quirks quirks(SettingsFile.Quirks quirks) {
        return new Quirks(
                new Quirks.MaxTokens(quirks.maxTokensField(), quirks.maxTokens()),
                new Quirks.Fields(
                        Set.copyOf(quirks.drop()),
                        Set.copyOf(quirks.dropIfRefused()),
                        quirks.rename(),
                        Set.copyOf(quirks.takesBack())),
                Set.copyOf(quirks.budgetModels()),
                flags(quirks));
    }

    private static Set<Quirk> flags(SettingsFile.Quirks quirks) {
        var flags = new EnumMap<Quirk, Boolean>(Quirk.class);
        flags.put(Quirk.NO_STREAMING, !quirks.streaming());
        flags.put(Quirk.NO_STREAM_USAGE, !quirks.streamUsage());
        flags.put(Quirk.DROP_UNKNOWN_PARAMS, quirks.dropUnknownParams());
        flags.put(Quirk.DROP_ZERO_USAGE, quirks.dropZeroUsage());
        flags.put(Quirk.REASONING_ELSEWHERE, quirks.reasoningContent());
        flags.put(Quirk.DEVELOPER_ROLE, quirks.developerRole());
        flags.put(Quirk.TOOL_PARAMETERS, quirks.toolParameters());
        flags.put(Quirk.PLAIN_CONTENT, quirks.plainContent());
        flags.put(Quirk.SHORT_CALL_IDS, quirks.shortCallIds());
        flags.put(Quirk.REASONING_OF_CALLS, quirks.reasoningOfCalls());
        flags.put(Quirk.STRICT_TURNS, quirks.strictTurns());
        flags.put(Quirk.ASSISTANT_AFTER_TOOLS, quirks.assistantAfterTools());
        flags.values().removeIf(set -> !set);
        return Set.copyOf(flags.keySet());
    }

    /** Reports providers with the same name and drops the later one, so that further mistakes are found. */
    private ProviderRegistry registry() {
        var good = new ArrayList<Provider>();
        for (var provider : providers) {
            good.add(provider);
            try {
                ProviderRegistry.of(good);
            } catch (IllegalArgumentException e) {
                mistakes.at("providers." + provider.id(), "cannot be told apart: " + e.getMessage() + "; rename one");
                good.removeLast();
            }
        }
        return ProviderRegistry.of(good);
    }
}
