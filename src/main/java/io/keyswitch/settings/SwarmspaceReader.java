package io.keyswitch.settings;

import io.keyswitch.core.Spelling;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.swarmspace.registry.Plans;
import io.keyswitch.swarmspace.registry.Plugin;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import io.keyswitch.swarmspace.registry.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the plugin registry: the built-in entries with what the operator adds or changes, and what is around them. */
final class SwarmspaceReader {
    private static final String TOKEN_VARIABLE = "SWARMSPACE_INTERNAL_TOKEN";

    /** What stands for a paid plan unless the operator says otherwise. */
    private static final Map<String, Tier> TIERS = Map.of(
            "pro", Tier.STANDARD,
            "PAID", Tier.STANDARD,
            "standard", Tier.STANDARD,
            "premium", Tier.PREMIUM);

    /** The models of all plugins that can be chatted with. */
    record Chats(@Nullable String provider, Map<String, String> models) {}

    private final Source source;
    private final ProvidersReader.Ids providers;
    private final Set<String> builtIn = new LinkedHashSet<>();
    private final List<Plugin> plugins = new ArrayList<>();
    private final Map<String, String> chatModels = new LinkedHashMap<>();
    private @Nullable String chatProvider;

    SwarmspaceReader(Source source, ProvidersReader.Ids providers) {
        this.source = source;
        this.providers = providers;
    }

    /**
     * Reads the section {@code swarmspace}.
     *
     * @param document the document {@code plugins.yaml}
     */
    Settings.Swarmspace read(Section file, JsonNode document) {
        try (var section = file.section("swarmspace")) {
            var merged = new LinkedHashMap<String, JsonNode>();
            document.path("plugins").properties().forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
            builtIn.addAll(merged.keySet());
            if (section.has("internalToken")) {
                section.problem("internalToken", "is a secret: take it out of the file and set " + TOKEN_VARIABLE);
            }
            section.entries("plugins").forEach((id, entry) -> merged.merge(id, entry, ProvidersReader::overlay));
            merged.forEach(this::readPlugin);
            var plans = new Plans(tiers(section), section.parsed("upgradeUrl", null, SwarmspaceReader::webAddress));
            return new Settings.Swarmspace(
                    section.text("tierClaim", "plan"), plans, new PluginRegistry(plugins), token());
        }
    }

    /** What stands behind the models of the provider that chats with plugins; to be asked for after reading. */
    Chats chats() {
        return new Chats(chatProvider, Map.copyOf(chatModels));
    }

    private Map<String, Tier> tiers(Section section) {
        var tiers = new HashMap<>(TIERS);
        section.texts("tiers")
                .forEach((plan, word) -> Arrays.stream(Tier.values())
                        .filter(tier -> tier.word().equals(word))
                        .findFirst()
                        .ifPresentOrElse(
                                tier -> tiers.put(plan, tier),
                                () -> section.problem("tiers." + plan, "must be free, standard or premium")));
        return tiers;
    }

    private static @Nullable String webAddress(String text) {
        if (!text.matches("https://[\\x21-\\x7e]{1,500}")) {
            throw new IllegalArgumentException("must be an address that begins with https://");
        }
        return text;
    }

    private @Nullable ApiKey token() {
        if (source.environmentVariable(TOKEN_VARIABLE) == null
                && plugins.stream().anyMatch(plugin -> plugin.worker() != null)) {
            source.problem(
                    TOKEN_VARIABLE,
                    "is missing: plugins have a workerUrl, and their workers want to see the token they know. Make"
                            + " one with openssl rand -hex 32 and give it to Keyswitch and to the workers");
        }
        return source.secret(TOKEN_VARIABLE);
    }

    private void readPlugin(String id, JsonNode entry) {
        var path = "swarmspace.plugins." + id;
        if (!Plugin.isValidId(id)) {
            source.problem(path, "is no name for a plugin: use 2 to 64 lower-case letters, digits and dashes");
            return;
        }
        if (entry.isNull()) {
            return;
        }
        if (!entry.isObject()) {
            source.problem(
                    path, "must be a mapping, such as {workerUrl: \"https://…\"}, or null to leave the plugin out");
            return;
        }
        try (var section = new Section(source, path, entry)) {
            var tier = section.choice("tier", Tier.FREE, Tier::word);
            var url = section.parsed("workerUrl", null, SwarmspaceReader::workerUrl);
            boolean llm = section.flag("llm", false);
            var chats = readChat(id, section, llm);
            plugins.add(new Plugin(
                    id,
                    url == null ? null : new Endpoint(url),
                    tier,
                    section.choice("costTier", tier, Tier::word),
                    section.list("capabilities"),
                    description(id, section),
                    section.text("example", ""),
                    llm,
                    keysOf(section, llm, chats)));
        }
    }

    private static @Nullable String workerUrl(String text) {
        if (text.matches(".*/invoke/*")) {
            throw new IllegalArgumentException("must not end in /invoke: Keyswitch adds it");
        }
        return BaseUrl.parse(text);
    }

    /** A plugin that is not built in must say what it does; a misspelt one does not. */
    private String description(String id, Section plugin) {
        var described = plugin.text("description");
        if (described != null) {
            return described;
        }
        var near = Spelling.nearest(id, builtIn);
        plugin.problem(
                "description",
                near == null
                        ? "is missing: say in a sentence what the plugin does"
                        : "is missing: did you mean the built-in plugin “%s”? One of your own needs a description"
                                .formatted(near));
        return "";
    }

    /**
     * Whose own keys a plugin is given: of nobody but users of the vendor behind it. A key for chats with
     * plugins is one of that vendor's where the plugin has a chat.
     *
     * @param chats the provider of its chat; null for none
     */
    private Set<ProviderId> keysOf(Section plugin, boolean llm, @Nullable String chats) {
        if (!llm) {
            if (plugin.has("keysOf")) {
                plugin.problem("keysOf", "stands at a plugin that is no LLM plugin: write llm: true");
            }
            return Set.of();
        }
        var byDefault = new ArrayList<String>();
        if (chats != null) {
            byDefault.add(chats);
            byDefault.addAll(providers.chatting());
        }
        var ids = plugin.has("keysOf") ? plugin.list("keysOf") : byDefault;
        ids.stream()
                .filter(id -> chats == null && providers.chatting().contains(id))
                .forEach(id -> plugin.problem(
                        "keysOf",
                        "holds “%s”, whose keys are for the provider that chats: this plugin has no chat, so name the"
                                        .formatted(id)
                                + " provider whose keys it takes"));
        ids.stream()
                .filter(id -> !providers.answering().contains(id)
                        && !providers.chatting().contains(id))
                .forEach(id -> plugin.problem("keysOf", "holds “%s”, which is no provider: ".formatted(id) + cure(id)));
        return ids.stream().filter(ProviderId::isValid).map(ProviderId::new).collect(Collectors.toUnmodifiableSet());
    }

    private String cure(String provider) {
        var near = Spelling.nearest(provider, providers.answering());
        return near == null
                ? "write the id of one, such as gemini; all are in docs/providers.md"
                : "did you mean “%s”?".formatted(near);
    }

    /** The provider that answers chats with a plugin; null for none. */
    private @Nullable String readChat(String id, Section plugin, boolean llm) {
        if (!plugin.has("chat")) {
            return null;
        }
        try (var chat = plugin.section("chat")) {
            var provider = chat.required("provider", "name the provider that answers");
            var model = chat.required("model", "name the provider's model");
            if (provider.isEmpty() || model.isEmpty()) {
                return null;
            }
            if (!llm) {
                chat.problem("model", "stands at a plugin that is no LLM plugin: write llm: true");
            } else if (!providers.answering().contains(provider)) {
                chat.problem(
                        "provider",
                        "is “%s”, which is no provider that answers: ".formatted(provider) + cure(provider));
            } else if (chatProvider != null && !chatProvider.equals(provider)) {
                chat.problem(
                        "provider",
                        "is “%s”, but %s chats with %s, and chats of all plugins go to one provider: change that chat too, or"
                                        .formatted(
                                                provider,
                                                chatModels.keySet().iterator().next(),
                                                chatProvider)
                                + " take it away with chat: null");
            } else if (!ModelId.isValid(model)) {
                chat.problem("model", "must have 2 to 128 characters");
            } else {
                chatProvider = provider;
                chatModels.put(id, model);
                return provider;
            }
            return null;
        }
    }
}
