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

/** Builds the plugin registry from the file's entries and reports inconsistent ones. */
final class PluginEntries {
    private static final String PATH = "swarmspace.plugins.";

    /**
     * The provider and models that answer chats with plugins.
     *
     * @param provider the provider of all chats; null if no plugin has a chat
     * @param models its model for each plugin with a chat, by plugin ID
     */
    record Chats(@Nullable String provider, Map<String, String> models) {}

    /**
     * The ids of all providers.
     *
     * @param answering providers with their own API
     * @param chatting providers whose models are plugins
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

    /** Reads the chats of entries that are not validated yet; skips invalid ones. */
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
            mistakes.at(PATH + id, "is not a valid plugin ID: use 2 to 64 lower-case letters, digits and dashes");
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

    /** Reports a custom plugin without a description, which may be a misspelt built-in one. */
    private void checkDescription(String id, PluginEntry entry) {
        if (entry.description() != null) {
            return;
        }
        var near = Spelling.nearest(id, builtIn);
        mistakes.at(
                PATH + id + ".description",
                near == null
                        ? "is missing: describe the plugin in one sentence"
                        : "is missing: did you mean the built-in plugin \"%s\"? A custom plugin needs a description"
                                .formatted(near));
    }

    private void checkChat(String id, PluginEntry entry) {
        var chat = entry.chat();
        if (chat == null || chat.provider() == null || chat.model() == null) {
            return;
        }
        var path = PATH + id + ".chat.";
        if (!entry.llm()) {
            mistakes.at(path + "model", "is only valid for an LLM plugin: write llm: true");
        } else if (!providers.answering().contains(chat.provider())) {
            mistakes.at(
                    path + "provider",
                    "is \"%s\", which is not a provider with its own API: %s"
                            .formatted(chat.provider(), cure(chat.provider())));
        } else if (!chat.provider().equals(chats.provider())) {
            mistakes.at(
                    path + "provider",
                    ("is \"%s\", but the chat of %s uses %s, and all chats must use the same provider: change that chat"
                                    + " too, or remove it with chat: null")
                            .formatted(
                                    chat.provider(),
                                    chats.models().keySet().iterator().next(),
                                    chats.provider()));
        }
    }

    /**
     * The providers whose users' own keys are sent to a plugin. By default none; for a plugin with a chat, the provider
     * of the chat and the providers whose models are plugins.
     */
    private Set<ProviderId> keysOf(String id, PluginEntry entry) {
        var path = PATH + id + ".keysOf";
        if (!entry.llm()) {
            if (entry.keysOf() != null) {
                mistakes.at(path, "is only valid for an LLM plugin: write llm: true");
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
                        ("holds \"%s\", which is only valid for a plugin with a chat: name the provider whose keys this"
                                        + " plugin accepts")
                                .formatted(one));
            }
        }
        return ids.stream().filter(ProviderId::isValid).map(ProviderId::new).collect(Collectors.toUnmodifiableSet());
    }

    private String cure(String provider) {
        var near = Spelling.nearest(provider, providers.answering());
        return near == null
                ? "write the ID of one, such as gemini; docs/providers.md lists all"
                : "did you mean \"%s\"?".formatted(near);
    }
}
