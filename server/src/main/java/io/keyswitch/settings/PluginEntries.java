package io.keyswitch.settings;

import io.keyswitch.core.Spelling;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.settings.SettingsFile.PluginEntry;
import io.keyswitch.swarmspace.registry.Plugin;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the plugin registry of the entries of the file, and says what does not fit together in them. */
final class PluginEntries {
    private static final String PATH = "swarmspace.plugins.";

    /**
     * Who answers chats with plugins.
     *
     * @param provider one for all plugins; null where no plugin can be chatted with
     * @param models its model for each plugin that can be chatted with
     */
    record Chats(@Nullable String provider, Map<String, String> models) {}

    /**
     * The ids of all providers.
     *
     * @param answering those that answer themselves
     * @param chatting those whose models are plugins
     */
    record Providers(Set<String> answering, Set<String> chatting) {
        boolean contains(String id) {
            return answering.contains(id) || chatting.contains(id);
        }
    }

    private final Providers providers;
    private final Set<String> builtIn;
    private final Chats chats;
    private final Mistakes mistakes;
    private final List<Plugin> plugins = new ArrayList<>();

    private PluginEntries(Providers providers, Set<String> builtIn, Chats chats, Mistakes mistakes) {
        this.providers = providers;
        this.builtIn = builtIn;
        this.chats = chats;
        this.mistakes = mistakes;
    }

    /** Who answers chats with plugins, as far as the entries say so before they are checked. */
    static Chats chats(JsonNode entries, Set<String> answering) {
        var models = new LinkedHashMap<String, String>();
        String provider = null;
        for (var entry : entries.properties()) {
            var chat = entry.getValue().path("chat");
            var named = chat.path("provider").asString("");
            var model = chat.path("model").asString("");
            boolean llm = entry.getValue().path("llm").asString("").equals("true");
            if (llm && answering.contains(named) && !model.isEmpty() && (provider == null || provider.equals(named))) {
                provider = named;
                models.put(entry.getKey(), model);
            }
        }
        return new Chats(provider, models);
    }

    static PluginRegistry registry(
            Map<String, @Nullable PluginEntry> entries,
            Providers providers,
            Set<String> builtIn,
            Chats chats,
            Mistakes mistakes) {
        var reader = new PluginEntries(providers, new TreeSet<>(builtIn), chats, mistakes);
        entries.forEach((id, entry) -> {
            if (entry != null) {
                reader.read(id, entry);
            }
        });
        return new PluginRegistry(reader.plugins);
    }

    private void read(String id, PluginEntry entry) {
        if (!Plugin.isValidId(id)) {
            mistakes.at(PATH + id, "is not a name for a plugin: use 2 to 64 lower-case letters, digits and dashes");
            return;
        }
        if (entry.workerUrl() != null && entry.workerUrl().value().matches(".*/invoke/*")) {
            mistakes.at(PATH + id + ".workerUrl", "must not end in /invoke: Keyswitch adds it");
        }
        checkDescription(id, entry);
        checkChat(id, entry);
        plugins.add(new Plugin(
                id,
                entry.workerUrl() == null
                        ? null
                        : new Endpoint(entry.workerUrl().value()),
                new Plugin.Tiers(entry.tier(), Objects.requireNonNullElse(entry.costTier(), entry.tier())),
                new Plugin.About(
                        entry.capabilities(),
                        Objects.requireNonNullElse(entry.description(), ""),
                        Objects.requireNonNullElse(entry.example(), "")),
                entry.llm(),
                keysOf(id, entry)));
    }

    /** A plugin that is not built in must say what it does; a misspelt one does not. */
    private void checkDescription(String id, PluginEntry entry) {
        if (entry.description() != null) {
            return;
        }
        var near = Spelling.nearest(id, builtIn);
        mistakes.at(
                PATH + id + ".description",
                near == null
                        ? "is missing: say in a sentence what the plugin does"
                        : "is missing: did you mean the built-in plugin \"%s\"? One of your own needs a description"
                                .formatted(near));
    }

    private void checkChat(String id, PluginEntry entry) {
        var chat = entry.chat();
        if (chat == null || chat.provider() == null || chat.model() == null) {
            return;
        }
        var path = PATH + id + ".chat.";
        if (!entry.llm()) {
            mistakes.at(path + "model", "stands at a plugin that is not an LLM plugin: write llm: true");
        } else if (!providers.answering().contains(chat.provider())) {
            mistakes.at(
                    path + "provider",
                    "is \"%s\", which is not a provider that answers: %s"
                            .formatted(chat.provider(), cure(chat.provider())));
        } else if (!chat.provider().equals(chats.provider())) {
            mistakes.at(
                    path + "provider",
                    ("is \"%s\", but %s chats with %s, and chats of all plugins go to one provider: change that chat too,"
                                    + " or remove it with chat: null")
                            .formatted(
                                    chat.provider(),
                                    chats.models().keySet().iterator().next(),
                                    chats.provider()));
        }
    }

    /**
     * Whose own keys a plugin is given: of nobody but users of the vendor behind it. A key for chats with plugins is one of
     * that vendor's where the plugin has a chat.
     */
    private Set<ProviderId> keysOf(String id, PluginEntry entry) {
        var path = PATH + id + ".keysOf";
        if (!entry.llm()) {
            if (entry.keysOf() != null) {
                mistakes.at(path, "stands at a plugin that is not an LLM plugin: write llm: true");
            }
            return Set.of();
        }
        boolean chat = chats.models().containsKey(id);
        var byDefault = chat
                ? Stream.concat(Stream.ofNullable(chats.provider()), providers.chatting().stream())
                        .toList()
                : List.<String>of();
        var ids = entry.keysOf() == null ? byDefault : entry.keysOf();
        for (var one : ids) {
            if (!providers.contains(one)) {
                mistakes.at(path, "holds \"%s\", which is not a provider: %s".formatted(one, cure(one)));
            } else if (!chat && providers.chatting().contains(one)) {
                mistakes.at(
                        path,
                        ("holds \"%s\", whose keys are for the provider that chats: this plugin has no chat, so name the"
                                        + " provider whose keys it takes")
                                .formatted(one));
            }
        }
        return ids.stream().filter(ProviderId::isValid).map(ProviderId::new).collect(Collectors.toUnmodifiableSet());
    }

    private String cure(String provider) {
        var near = Spelling.nearest(provider, providers.answering());
        return near == null
                ? "write the id of one, such as gemini; all are in docs/providers.md"
                : "did you mean \"%s\"?".formatted(near);
    }
}
