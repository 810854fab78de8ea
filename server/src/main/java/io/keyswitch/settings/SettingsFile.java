package io.keyswitch.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelsEndpoint;
import io.keyswitch.provider.WireName;
import io.keyswitch.swarmspace.registry.Tier;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings file as it is written. The names of the components are the names of the settings. */
record SettingsFile(
        @Setting("Where Keyswitch listens and who may call it.")
        Settings.Server server,

        @Setting("Where Keyswitch stores.") Settings.Database database,

        @Setting("Whose tokens are believed.") Settings.Auth auth,

        @Setting("How the assistant presents itself.") Assistant assistant,

        @JsonProperty("default") @Setting("What a user who has chosen nothing gets, paid for with the project key.")
        Default standard,

        @Setting("The provider registry: own entries, and fields of built-in ones to change; null takes one away.")
        Map<String, @Nullable ProviderEntry> providers,

        @Setting("How much one user may do, and how large things may be.")
        Settings.Limits limits,

        @Setting("How long a provider may take.") Settings.Timeouts timeouts,

        @Setting("SwarmSpace's plugins.") Swarmspace swarmspace) {
    /** {@code assistant}. */
    record Assistant(
            @Setting(value = "The assistant's name.", otherwise = "LUMARA")
            String name,

            @Setting("A file with the system prompt; {{name}} in it becomes the name. Built in if absent.") @Nullable
            String systemPrompt) {}

    /** {@code default}. */
    record Default(
            @Setting("Id, name or alias of a provider with a project key. The first one with a key if absent.")
            @Nullable
            String provider,

            @Setting("A model of that provider. Its defaultModel if absent.") @Nullable
            ModelId model) {}

    /** {@code providers.ID}. */
    record ProviderEntry(
            @Setting("What users read. The id if absent.") @Nullable
            String displayName,

            @Setting(value = "The wire format the provider speaks.", otherwise = "openai")
            WireName wire,

            @Setting(
                    value = "Where its API is, without a trailing slash; may hold {accountId}.",
                    missing = "write where the provider's API is, such as https://api.example.com/v1")
            BaseUrl baseUrl,

            @Setting(value = "The header that carries the key.", otherwise = "bearer")
            AuthScheme auth,

            @Setting("Further fixed headers, such as an API version.")
            Map<String, String> headers,

            @Setting(
                    value = "The model of users who name none, offered as the example.",
                    missing = "name a model to offer as the example")
            ModelId defaultModel,

            @Setting("Other names users give the provider.") List<String> aliases,

            @Setting("Model ids that stand for another id at the provider.")
            Map<String, String> modelNames,

            @Setting("The environment variable with the operator's key. Only own keys are taken if absent.") @Nullable
            String projectKey,

            @Setting("What to expect of an account id in the base URL.") @Nullable
            AccountId accountId,

            @Setting("The cheapest call that proves a key.") Check check,

            @Setting("The call that lists models.") @Nullable
            Models models,

            @Setting("How the provider departs from its wire format.")
            Quirks quirks,

            @Setting("Whose keys it takes, for people. The display name if absent.") @Nullable
            String keyName,

            @Setting("Where a user gets a key.") @Nullable String keyHelpUrl,

            @Setting("How keys usually begin; a hint for people, never a test.") @Nullable
            String keyPrefixHint) {}

    /** {@code providers.ID.accountId}. */
    record AccountId(
            @Setting(value = "What the provider calls it.", otherwise = "Account ID")
            String label,

            @Setting(
                    value = "A regular expression for the whole id.",
                    missing = "write what every account id matches, such as ^[0-9a-f]{32}$")
            Pattern pattern,

            @Setting("One sentence on where to find it.") @Nullable
            String help) {}

    /** {@code providers.ID.check}. */
    record Check(
            @Setting(
                    value = "The path below the base URL. A short chat proves the key if absent.",
                    pattern = Setting.PATH,
                    form = Setting.PATH_FORM)
            @Nullable
            String get,

            @Setting(
                    value = "Statuses that do not yet mean a wrong key; a short chat then decides.",
                    pattern = "[1-5]\\d\\d",
                    form = "write HTTP statuses, such as [403]")
            List<String> doubtful) {}

    /** {@code providers.ID.models}. */
    record Models(
            @Setting(
                    value = "The path below the base URL.",
                    missing = Setting.PATH_FORM,
                    pattern = Setting.PATH,
                    form = Setting.PATH_FORM)
            String get,

            @Setting("How the answer looks. As usual for the wire format if absent.")
            ModelsEndpoint.@Nullable Shape shape) {}

    /** {@code providers.ID.quirks}. */
    record Quirks(
            @Setting(value = "The name of the field that bounds an answer.", otherwise = "max_tokens")
            String maxTokensField,

            @Setting(value = "The bound to send where the client sends none.", min = 1, max = 1_000_000) @Nullable
            Integer maxTokens,

            @Setting(value = "Whether answers can be streamed.", otherwise = "true")
            boolean streaming,

            @Setting(value = "Whether usage must be asked for with stream_options.", otherwise = "true")
            boolean streamUsage,

            @Setting("Whether optional fields a strict provider may not know are left out.")
            boolean dropUnknownParams,

            @Setting("Fields of a client's request to leave out, in OpenAI's words.")
            List<String> drop,

            @Setting("Fields to leave out for a model that refused them by name once.")
            List<String> dropIfRefused,

            @Setting("Fields of a client's request that have another name at the provider.")
            Map<String, String> rename,

            @Setting("Whether a stream may end with a usage of zeros that is not to be believed.")
            boolean dropZeroUsage,

            @Setting("Whether answers give their reasoning elsewhere than in reasoning_content.")
            boolean reasoningContent,

            @Setting("Whether the provider knows the role developer.")
            boolean developerRole,

            @Setting("Whether every function must have parameters, be they empty.")
            boolean toolParameters,

            @Setting("Whether content that is only text must be a string.")
            boolean plainContent) {}

    /** {@code swarmspace}. */
    record Swarmspace(
            @Setting(value = "The claim of a token that names the user's plan.", otherwise = "plan")
            String tierClaim,

            @Setting("The tier of each plan: free, standard or premium.")
            Map<String, Tier> tiers,

            @Setting(
                    value = "Where a user gets a better plan.",
                    pattern = "https://[\\x21-\\x7e]{1,500}",
                    form = "write an address that begins with https://")
            @Nullable
            String upgradeUrl,

            @Setting("The plugin registry: own entries, and fields of built-in ones to change; null takes one away.")
            Map<String, @Nullable PluginEntry> plugins) {}

    /** {@code swarmspace.plugins.ID}. */
    record PluginEntry(
            @Setting("Where its worker is. The plugin is not available if absent.") @Nullable
            BaseUrl workerUrl,

            @Setting(value = "The least tier a user's plan must include.", otherwise = "free")
            Tier tier,

            @Setting("What a call costs. The tier if absent.") @Nullable
            Tier costTier,

            @Setting("What it can do, in single words.") List<String> capabilities,

            @Setting("What it does, in a sentence.") @Nullable
            String description,

            @Setting("Something to ask it.") @Nullable String example,

            @Setting("Whether a model stands behind it.") boolean llm,

            @Setting("Ids of the providers whose users' own keys an LLM plugin is given.") @Nullable
            List<String> keysOf,

            @Setting("Who answers chats with this plugin.") @Nullable
            Chat chat) {}

    /** {@code swarmspace.plugins.ID.chat}. */
    record Chat(
            @Setting(value = "The id of the provider that answers.", missing = "name the provider that answers")
            String provider,

            @Setting(value = "The provider's model.", missing = "name the provider's model")
            ModelId model) {}
}
