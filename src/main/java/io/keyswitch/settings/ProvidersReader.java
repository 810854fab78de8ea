package io.keyswitch.settings;

import io.keyswitch.provider.AccountIdRule;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.CheckCall;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelsEndpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the provider registry: the built-in entries with what the operator adds or changes. */
final class ProvidersReader {
    /** Names Keyswitch itself answers under. */
    private static final Set<String> RESERVED = Set.of("keyswitch", "default");

    /** Says that the models of an entry are plugins. */
    private static final String BEHIND = "behind";

    /** What an entry has from the provider behind it. */
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
            "keyPrefixHint");

    private static final int MAX_MAX_TOKENS = 1_000_000;

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,1000}");

    /** Headers that Keyswitch writes itself, those with the key first of all. */
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

    private final Source source;
    private final Set<String> builtIn;
    private final ArrayList<Provider> providers = new ArrayList<>();

    private ProvidersReader(Source source, Set<String> builtIn) {
        this.source = source;
        this.builtIn = Set.copyOf(builtIn);
    }

    /**
     * Merges the operator's entries over the built-in ones and reads them all.
     *
     * @param builtIn the entries of {@code providers.yaml}
     * @param own the entries of the settings file
     * @param chats what stands behind the entries that say {@code behind: plugins}
     */
    static ProviderRegistry read(
            Source source, Map<String, JsonNode> builtIn, Map<String, JsonNode> own, SwarmspaceReader.Chats chats) {
        var merged = new LinkedHashMap<String, JsonNode>(builtIn);
        own.forEach((id, entry) -> merged.merge(id, entry, ProvidersReader::overlay));
        var reader = new ProvidersReader(source, builtIn.keySet());
        merged.forEach((id, entry) -> {
            var whole = entry.has(BEHIND) ? reader.behindPlugins(entry, merged, chats) : entry;
            if (whole != null) {
                reader.read(id, whole);
            }
        });
        return reader.registry();
    }

    /**
     * The ids of all providers.
     *
     * @param answering those that answer themselves
     * @param chatting those whose models are plugins, behind which one of the others answers
     */
    record Ids(Set<String> answering, Set<String> chatting) {
        Ids {
            answering = Collections.unmodifiableSet(new TreeSet<>(answering));
            chatting = Collections.unmodifiableSet(new TreeSet<>(chatting));
        }
    }

    static Ids ids(Map<String, JsonNode> builtIn, Map<String, JsonNode> own) {
        var answering = new HashSet<>(builtIn.keySet());
        answering.addAll(own.keySet());
        var chatting = Stream.of(builtIn, own)
                .flatMap(entries -> entries.entrySet().stream())
                .filter(entry -> entry.getValue().has(BEHIND))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        answering.removeAll(chatting);
        return new Ids(answering, chatting);
    }

    static JsonNode overlay(JsonNode base, JsonNode top) {
        if (!(base instanceof ObjectNode baseObject) || !(top instanceof ObjectNode topObject)) {
            return top;
        }
        var merged = baseObject.deepCopy();
        topObject.properties().forEach(entry -> {
            var below = merged.get(entry.getKey());
            merged.set(entry.getKey(), below == null ? entry.getValue() : overlay(below, entry.getValue()));
        });
        return merged;
    }

    /**
     * An entry whose models are plugins, with the address and wire format of the provider that answers for them; null where no
     * plugin can be chatted with.
     */
    private @Nullable JsonNode behindPlugins(JsonNode entry, Map<String, JsonNode> all, SwarmspaceReader.Chats chats) {
        if (chats.provider() == null || !(all.get(chats.provider()) instanceof ObjectNode provider)) {
            return null;
        }
        var api = provider.deepCopy().retain(OF_THE_API);
        var address = source.variable("providers." + chats.provider() + ".baseUrl");
        if (address != null) {
            api.put("baseUrl", address);
        }
        if (!api.has("keyName")) {
            api.set("keyName", provider.path("displayName"));
        }
        var merged = (ObjectNode) overlay(api, entry);
        merged.remove(BEHIND);
        var names = merged.putObject("modelNames");
        chats.models().forEach(names::put);
        return merged;
    }

    private void read(String id, JsonNode entry) {
        var path = "providers." + id;
        if (!ProviderId.isValid(id) || RESERVED.contains(id)) {
            source.problem(path, "is no name for a provider: use 2 to 32 lower-case letters, digits and dashes");
            return;
        }
        try (var section = new Section(source, path, entry)) {
            if (isServerOfOnesOwn(id, section)) {
                return;
            }
            readEntry(new ProviderId(id), section);
        }
    }

    /** A built-in entry without an address waits for the operator to write one. */
    private boolean isServerOfOnesOwn(String id, Section section) {
        if (!builtIn.contains(id) || section.text("baseUrl") != null) {
            return false;
        }
        section.ignoreRest();
        return true;
    }

    private void readEntry(ProviderId id, Section section) {
        section.required("baseUrl", "write where the provider's API is, such as https://api.example.com/v1");
        section.required("defaultModel", "name a model to offer as the example");
        var baseUrl = section.parsed("baseUrl", null, BaseUrl::parse);
        var defaultModel = section.parsed("defaultModel", null, ProvidersReader::model);
        var wire = section.choice("wire", WireName.OPENAI, name -> name.name().toLowerCase(Locale.ROOT));
        var displayName = section.text("displayName", id.value());
        var auth = section.choice("auth", AuthScheme.BEARER, ProvidersReader::authName);
        var headers = headers(section);
        var aliases = section.list("aliases");
        var modelNames = modelNames(section);
        var projectKey = section.text("projectKey");
        var accountId = accountId(section);
        var check = check(section);
        var models = models(section, wire);
        var quirks = quirks(section);
        var keyName = section.text("keyName", displayName);
        var keyHelpUrl = section.text("keyHelpUrl");
        var keyPrefixHint = section.text("keyPrefixHint");
        if (baseUrl == null || defaultModel == null) {
            return;
        }
        if (baseUrl.contains(Provider.ACCOUNT_ID_SLOT) != (accountId != null)) {
            section.problem("accountId", "and {accountId} in baseUrl go together: write both or neither");
            return;
        }
        if (goesAbove(check.get(), baseUrl) || (models != null && goesAbove(models.get(), baseUrl))) {
            section.problem("check", "or models begins with ../ where baseUrl has no segment to leave: begin with /");
            return;
        }
        if (projectKey != null
                && projectKey.matches(
                        "LLM_SETTINGS_ENCRYPTION_KEY|SWARMSPACE_INTERNAL_TOKEN|METRICS_TOKEN|KEYSWITCH_.*")) {
            section.problem("projectKey", "names a variable of Keyswitch itself, which is no provider's to see");
            return;
        }
        if (baseUrl.matches("[a-z]+://[^/]*\\{accountId}.*")) {
            section.problem(
                    "baseUrl", "has {accountId} in its host, which is not a user's to choose: put it in the path");
            return;
        }
        providers.add(new Provider(
                id,
                displayName,
                wire,
                baseUrl,
                auth,
                headers,
                defaultModel,
                aliases,
                modelNames,
                projectKey,
                accountId,
                check,
                models,
                quirks,
                keyName,
                keyHelpUrl,
                keyPrefixHint));
    }

    private static Map<String, String> headers(Section section) {
        var headers = section.texts("headers");
        headers.forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                section.problem("headers", "holds “%s”, which is no header to be set here: remove it".formatted(name));
            }
            if (!HEADER_VALUE.matcher(value).matches()) {
                section.problem("headers." + name, "must have visible ASCII characters only");
            }
        });
        return headers;
    }

    private static Map<String, String> modelNames(Section section) {
        var names = section.texts("modelNames");
        names.forEach((alias, name) -> {
            if (!ModelId.isValid(alias) || !ModelId.isValid(name)) {
                section.problem("modelNames." + alias, "must name a model by 2 to 128 characters, as its key must");
            }
        });
        return names;
    }

    static @Nullable ModelId model(String id) {
        if (!ModelId.isValid(id)) {
            throw new IllegalArgumentException("must have 2 to 128 characters");
        }
        return new ModelId(id);
    }

    private static String authName(AuthScheme scheme) {
        return switch (scheme) {
            case BEARER -> "bearer";
            case X_API_KEY -> "x-api-key";
            case X_GOOG_API_KEY -> "x-goog-api-key";
        };
    }

    private static @Nullable AccountIdRule accountId(Section entry) {
        if (!entry.has("accountId")) {
            return null;
        }
        try (var section = entry.section("accountId")) {
            var pattern = section.parsed("pattern", null, ProvidersReader::pattern);
            if (pattern == null) {
                section.problem("pattern", "is missing: write what every account id matches, such as ^[0-9a-f]{32}$");
                return null;
            }
            return new AccountIdRule(section.text("label", "Account ID"), pattern, section.text("help", ""));
        }
    }

    private static @Nullable Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        }
    }

    private static CheckCall check(Section entry) {
        try (var section = entry.section("check")) {
            var statuses = section.list("doubtful");
            if (!statuses.stream().allMatch(status -> status.matches("[1-5]\\d\\d"))) {
                section.problem("doubtful", "must be a list of HTTP statuses, such as [403]");
                statuses = List.of();
            }
            var doubtful = statuses.stream().map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
            return new CheckCall(section.parsed("get", null, ProvidersReader::path), doubtful);
        }
    }

    private static @Nullable ModelsEndpoint models(Section entry, WireName wire) {
        if (!entry.has("models")) {
            return null;
        }
        try (var section = entry.section("models")) {
            var natural = switch (wire) {
                case OPENAI -> ModelsEndpoint.Shape.OPENAI;
                case ANTHROPIC -> ModelsEndpoint.Shape.ANTHROPIC;
                case GEMINI -> ModelsEndpoint.Shape.GEMINI;
            };
            var shape = section.choice("shape", natural, value -> value.name().toLowerCase(Locale.ROOT));
            var get = section.parsed("get", null, ProvidersReader::path);
            return get == null ? null : new ModelsEndpoint(get, shape);
        }
    }

    /** Whether a path that starts a segment higher would replace the host. */
    private static boolean goesAbove(@Nullable String path, String baseUrl) {
        return path != null && path.startsWith("../") && !baseUrl.matches("[a-z]+://[^/]+/.+");
    }

    private static @Nullable String path(String path) {
        boolean shape = path.startsWith("/") || path.startsWith("../");
        if (!shape || path.indexOf("..", 2) >= 0 || path.contains("#") || !path.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("must be a path below baseUrl, such as /models");
        }
        return path;
    }

    private static Quirks quirks(Section entry) {
        try (var section = entry.section("quirks")) {
            return new Quirks(
                    section.text("maxTokensField", Quirks.NONE.maxTokensField()),
                    section.integerOrNull("maxTokens", 1, MAX_MAX_TOKENS),
                    section.flag("streaming", Quirks.NONE.streaming()),
                    section.flag("streamUsage", Quirks.NONE.streamUsage()),
                    section.flag("dropUnknownParams", Quirks.NONE.dropUnknownParams()),
                    Set.copyOf(section.list("drop")),
                    Set.copyOf(section.list("dropIfRefused")),
                    section.texts("rename"),
                    section.flag("dropZeroUsage", Quirks.NONE.dropZeroUsage()),
                    section.flag("reasoningContent", Quirks.NONE.reasoningContent()),
                    section.flag("developerRole", Quirks.NONE.developerRole()),
                    section.flag("toolParameters", Quirks.NONE.toolParameters()),
                    section.flag("plainContent", Quirks.NONE.plainContent()));
        }
    }

    /** Reports two providers of one name, and leaves the later one out to find the next mistake. */
    private ProviderRegistry registry() {
        var good = new ArrayList<Provider>();
        for (var provider : providers) {
            good.add(provider);
            try {
                ProviderRegistry.of(good);
            } catch (IllegalArgumentException e) {
                source.problem("providers:", e.getMessage() + ": give one of them another name");
                good.removeLast();
            }
        }
        return ProviderRegistry.of(good);
    }
}
