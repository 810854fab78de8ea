package io.keyswitch.settings;

import io.keyswitch.plugin.Plans;
import io.keyswitch.plugin.Plugin;
import io.keyswitch.plugin.PluginRegistry;
import io.keyswitch.plugin.Tier;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final List<String> llmKeysOf = new ArrayList<>();
    private final List<Plugin> plugins = new ArrayList<>();
    private final Map<String, String> chatModels = new LinkedHashMap<>();
    private @Nullable String chatProvider;

    SwarmspaceReader(Source source) {
        this.source = source;
    }

    /**
     * Reads the section {@code swarmspace}.
     *
     * @param builtIn the document {@code plugins.yaml}
     */
    Settings.Swarmspace read(Section file, JsonNode builtIn) {
        builtIn.path("llmKeysOf").forEach(id -> llmKeysOf.add(id.stringValue()));
        try (var section = file.section("swarmspace")) {
            var merged = new LinkedHashMap<String, JsonNode>();
            builtIn.path("plugins").properties().forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
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
        var text = source.environmentVariable(TOKEN_VARIABLE);
        if (text == null) {
            if (plugins.stream().anyMatch(plugin -> plugin.worker() != null)) {
                source.problem(
                        TOKEN_VARIABLE,
                        "is missing: plugins have a workerUrl, and their workers want to see the token they know");
            }
            return null;
        }
        if (!ApiKey.isValid(text)) {
            source.problem(TOKEN_VARIABLE, "must have 8 to 512 visible ASCII characters and no blanks");
            return null;
        }
        return ApiKey.of(text);
    }

    private void readPlugin(String id, JsonNode entry) {
        var path = "swarmspace.plugins." + id;
        if (!Plugin.isValidId(id)) {
            source.problem(path, "is no name for a plugin: use 2 to 64 lower-case letters, digits and dashes");
            return;
        }
        try (var section = new Section(source, path, entry)) {
            var tier = section.choice("tier", Tier.FREE, Tier::word);
            var url = section.parsed("workerUrl", null, BaseUrl::parse);
            boolean llm = section.flag("llm", false);
            var keysOf = section.has("keysOf") ? section.list("keysOf") : llmKeysOf;
            readChat(id, section, llm);
            plugins.add(new Plugin(
                    id,
                    url == null ? null : new Endpoint(url),
                    tier,
                    section.choice("costTier", tier, Tier::word),
                    section.list("capabilities"),
                    section.text("description", ""),
                    section.text("example", ""),
                    llm,
                    llm ? providers(section, keysOf) : Set.of()));
        }
    }

    private static Set<ProviderId> providers(Section section, List<String> ids) {
        if (!ids.stream().allMatch(ProviderId::isValid)) {
            section.problem("keysOf", "must be a list of ids of providers");
            return Set.of();
        }
        return ids.stream().map(ProviderId::new).collect(Collectors.toUnmodifiableSet());
    }

    private void readChat(String id, Section plugin, boolean llm) {
        if (!plugin.has("chat")) {
            return;
        }
        try (var chat = plugin.section("chat")) {
            var provider = chat.required("provider", "name the provider that answers");
            var model = chat.required("model", "name the provider's model");
            if (provider.isEmpty() || model.isEmpty()) {
                return;
            }
            if (!llm) {
                chat.problem("model", "stands at a plugin that is no LLM plugin: write llm: true");
            } else if (chatProvider != null && !chatProvider.equals(provider)) {
                chat.problem(
                        "provider",
                        "is another than that of the plugins before, %s: chats of all plugins go to one provider"
                                .formatted(chatProvider));
            } else {
                chatProvider = provider;
                chatModels.put(id, model);
            }
        }
    }
}
