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

/** The structure of the settings file. The names of the components are the names of the settings. */
record SettingsFile(
        @Setting("The address to listen on and the accepted requests.")
        Settings.Server server,

        @Setting("The database.") Database database,

        @Setting("The accepted token issuers.") Settings.Auth auth,

        @Setting("The assistant's name and system prompt.") Assistant assistant,

        @JsonProperty("default") @Setting("The model of users who have chosen none, billed to the project key.")
        Default standard,

        @Setting("The provider registry: custom entries and changed fields of built-in ones; null removes one.")
        Map<String, @Nullable ProviderEntry> providers,

        @Setting("Rate and size limits.") Settings.Limits limits,

        @Setting("Time limits.") Settings.Timeouts timeouts,

        @Setting("What is logged.") Settings.Log log,

        @Setting("SwarmSpace's plugins.") Swarmspace swarmspace) {
    /** {@code database}. */
    record Database(
            @Setting(
                    value = "A JDBC URL: jdbc:sqlite: and a file, or jdbc:postgresql:// and a server.",
                    otherwise = "jdbc:sqlite:keyswitch.db")
            String url,

            @Setting("PostgreSQL: the user to sign in as, if the URL names none.") @Nullable
            String user,

            @Setting("PostgreSQL: the schema of the tables. The user's default if absent.") @Nullable
            String schema,

            @Setting(
                    value = "PostgreSQL: the most connections that one process opens.",
                    otherwise = "10",
                    min = 2,
                    max = 1_000)
            int connections) {}

    /** {@code assistant}. */
    record Assistant(
            @Setting(value = "The assistant's name.", otherwise = "LUMARA")
            String name,

            @Setting("A file with the system prompt; {{name}} is replaced with the name. Built in if absent.") @Nullable
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
            @Setting("The name shown to users. The ID if absent.") @Nullable
            String displayName,

            @Setting(value = "The provider's wire format.", otherwise = "openai")
            WireName wire,

            @Setting(
                    value = "The base URL of its API, without a trailing slash; may contain {accountId}.",
                    missing = "write the base URL of the provider's API, such as https://api.example.com/v1")
            BaseUrl baseUrl,

            @Setting(value = "The header that carries the key.", otherwise = "bearer")
            AuthScheme auth,

            @Setting("Additional fixed headers, such as an API version.")
            Map<String, String> headers,

            @Setting(value = "The default model, also shown as the example.", missing = "write the ID of a model")
            ModelId defaultModel,

            @Setting(
                    value = "Other model IDs that users may mean when they name a model in words.",
                    pattern = "\\S{2,128}",
                    form = "write model IDs of 2 to 128 characters without spaces")
            List<String> exampleModels,

            @Setting("Other names that users type.") List<String> aliases,

            @Setting("Model IDs that users see, mapped to the provider's IDs.")
            Map<String, String> modelNames,

            @Setting("The environment variable with the operator's key. Only users' own keys if absent.") @Nullable
            String projectKey,

            @Setting("The rule for the account ID in the base URL.") @Nullable
            AccountId accountId,

            @Setting("The cheapest call that proves a key valid.")
            Check check,

            @Setting("The call that lists models.") @Nullable
            Models models,

            @Setting("The provider's deviations from its wire format.")
            Quirks quirks,

            @Setting("The issuer of its keys, shown to users. The display name if absent.") @Nullable
            String keyName,

            @Setting("The URL where users get a key.") @Nullable
            String keyHelpUrl,

            @Setting("How keys usually start; shown to users, never validated.") @Nullable
            String keyPrefixHint,

            @Setting("Further beginnings of keys, to recognise a pasted one; never validated.")
            List<String> keyPrefixes) {}

    /** {@code providers.ID.accountId}. */
    record AccountId(
            @Setting(value = "The provider's name for it.", otherwise = "Account ID")
            String label,

            @Setting(
                    value = "A regular expression for the whole id.",
                    missing = "write a regular expression for account IDs, such as ^[0-9a-f]{32}$")
            Pattern pattern,

            @Setting("One sentence on where to find it.") @Nullable
            String help) {}

    /** {@code providers.ID.check}. */
    record Check(
            @Setting(
                    value = "The path below the base URL. A short completion proves the key if absent.",
                    pattern = Setting.PATH,
                    form = Setting.PATH_FORM)
            @Nullable
            String get,

            @Setting(
                    value = "Statuses that do not prove the key invalid; a short completion then decides.",
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

            @Setting("The response format. That of the wire format if absent.")
            ModelsEndpoint.@Nullable Shape shape) {}

    /** {@code providers.ID.quirks}. */
    record Quirks(
            @Setting(value = "The name of the field that limits the response length.", otherwise = "max_tokens")
            String maxTokensField,

            @Setting(value = "The limit if the client sends none, in tokens.", min = 1, max = 1_000_000) @Nullable
            Integer maxTokens,

            @Setting(value = "Whether responses can be streamed.", otherwise = "true")
            boolean streaming,

            @Setting(value = "Whether to request usage with stream_options.", otherwise = "true")
            boolean streamUsage,

            @Setting("Whether to leave out optional fields that a strict provider may reject.")
            boolean dropUnknownParams,

            @Setting("Request fields to leave out, with their OpenAI names.")
            List<String> drop,

            @Setting("Request fields to leave out for a model after it has rejected them by name.")
            List<String> dropIfRefused,

            @Setting("Request fields with another name at the provider.")
            Map<String, String> rename,

            @Setting("Whether a stream may end with an all-zero usage, which is dropped.")
            boolean dropZeroUsage,

            @Setting("Whether responses contain reasoning in other fields than reasoning_content.")
            boolean reasoningContent,

            @Setting("Whether the provider supports the role developer.")
            boolean developerRole,

            @Setting("Whether every function must have parameters, even if they are empty.")
            boolean toolParameters,

            @Setting("Whether content that is only text must be a string.")
            boolean plainContent,

            @Setting("Fields of an answer's message that the provider takes in later requests.")
            List<String> takesBack,

            @Setting("Whether IDs of tool calls must have nine letters and digits.")
            boolean shortCallIds,

            @Setting("Whether a message with tool calls must come back with its reasoning_content.")
            boolean reasoningOfCalls,

            @Setting("How the IDs of models begin that take a budget of thinking tokens instead of an effort.")
            List<String> budgetModels,

            @Setting("Whether user and assistant must take turns; tool calls and their results become text.")
            boolean strictTurns,

            @Setting("Whether an assistant message must stand between tool results and a message of the user.")
            boolean assistantAfterTools) {}

    /** {@code swarmspace}. */
    record Swarmspace(
            @Setting(value = "The token claim with the user's plan.", otherwise = "plan")
            String tierClaim,

            @Setting("The tier of each plan: free, standard or premium.")
            Map<String, Tier> tiers,

            @Setting(
                    value = "The URL where users can upgrade their plan.",
                    pattern = "https://[\\x21-\\x7e]{1,500}",
                    form = "write a URL that begins with https://")
            @Nullable
            String upgradeUrl,

            @Setting("The plugin registry: custom entries and changed fields of built-in ones; null removes one.")
            Map<String, @Nullable PluginEntry> plugins) {}

    /** {@code swarmspace.plugins.ID}. */
    record PluginEntry(
            @Setting("The URL of its worker. The plugin is not available if absent.") @Nullable
            BaseUrl workerUrl,

            @Setting(value = "The minimum tier of a user's plan.", otherwise = "free")
            Tier tier,

            @Setting("The cost tier of a call. The tier if absent.") @Nullable
            Tier costTier,

            @Setting("Its capabilities, in single words.") List<String> capabilities,

            @Setting("What it does, in a sentence.") @Nullable
            String description,

            @Setting("An example prompt.") @Nullable String example,

            @Setting("Whether it uses a model.") boolean llm,

            @Setting("IDs of the providers whose users' own keys are sent to an LLM plugin.") @Nullable
            List<String> keysOf,

            @Setting("The provider and model that answer chats with this plugin.") @Nullable
            Chat chat) {}

    /** {@code swarmspace.plugins.ID.chat}. */
    record Chat(
            @Setting(value = "The id of the provider that answers.", missing = "name the provider that answers")
            String provider,

            @Setting(value = "The provider's model.", missing = "name the provider's model")
            ModelId model) {}
}
