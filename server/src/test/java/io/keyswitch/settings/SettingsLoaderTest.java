package io.keyswitch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.DatabaseLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    private static final String FIREBASE = "auth: {firebase: {projectId: my-project}}\n";

    private static Map<String, String> environment(String... pairs) {
        var environment = new HashMap<String, String>();
        environment.put(SettingsLoader.MASTER_KEY_VARIABLE, MasterKeys.generate());
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    private static Settings load(String yaml, String... environment) {
        return SettingsLoader.parse(yaml, Path.of("."), environment(environment), Purpose.SERVE);
    }

    private static List<String> problems(String yaml, Map<String, String> environment) {
        var thrown = catchThrowableOfType(
                SettingsException.class, () -> SettingsLoader.parse(yaml, Path.of("."), environment, Purpose.SERVE));
        return Objects.requireNonNull(thrown, "no problem was found").problems();
    }

    @Test
    void unsetSettingsHaveTheirDefaults() {
        var settings = load(FIREBASE);
        assertThat(settings.server())
                .isEqualTo(new Settings.Server("127.0.0.1", 8080, null, List.of(), List.of(), List.of()));
        assertThat(settings.database()).isEqualTo(new DatabaseLocation.File(Path.of("keyswitch.db")));
        assertThat(settings.assistant().systemPrompt()).contains("You are LUMARA");
        assertThat(settings.providers().all())
                .extracting(provider -> provider.id().value())
                .startsWith("groq", "openai", "anthropic", "gemini", "cloudflare", "swarmspace")
                .contains("mistral", "perplexity")
                .doesNotContain("ollama", "vllm");
        assertThat(settings.limits().requestsPerMinute()).isEqualTo(60);
    }

    @Test
    void aSelfHostedProviderIsOfferedOnceItsBaseUrlIsSet() {
        var settings = load(FIREBASE + "providers: {ollama: {baseUrl: 'http://127.0.0.1:11434/v1'}}\n");
        assertThat(settings.providers().named("Ollama")).isNotNull();
        assertThat(settings.providers().named("vllm")).isNull();
    }

    @Test
    void everySectionIsRead(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("prompt.md"), "I am {{name}}.");
        var settings = SettingsLoader.parse(
                """
                server:    {host: 127.0.0.1, port: 8080, allowedOrigins: ["https://app.example"]}
                database:  {url: "jdbc:sqlite:keyswitch.db"}
                auth:
                  firebase: {projectId: my-project}
                  oidc: [{issuer: "https://login.example", audience: keyswitch}]
                assistant: {name: LUMARA, systemPrompt: prompt.md}
                default:   {provider: groq}
                providers:
                  groq: {baseUrl: "http://127.0.0.1:9100/openai/v1"}
                limits:    {requestsPerMinute: 60, concurrentCompletions: 8, projectKeyMessagesPerDay: 50, bodyBytes: 1048576}
                swarmspace:
                  tierClaim: plan
                  plugins: {gemini-flash: {workerUrl: "http://127.0.0.1:9100/plugins/gemini-flash"}}
                timeouts:  {connect: 5s, firstByte: 500ms, gap: 1m, total: 1h, retries: 0s}
                """,
                directory,
                environment("SWARMSPACE_INTERNAL_TOKEN", "the-internal-token", "GROQ_API_KEY", "gsk_abcdefgh"),
                Purpose.SERVE);
        assertThat(settings.swarmspace().plugins().all())
                .hasSize(11)
                .filteredOn(plugin -> plugin.worker() != null)
                .hasSize(1);
        assertThat(settings.assistant().systemPrompt()).isEqualTo("I am LUMARA.");
        assertThat(settings.auth().oidc()).hasSize(1);
        assertThat(settings.providers().all().getFirst().baseUrl()).isEqualTo("http://127.0.0.1:9100/openai/v1");
        assertThat(settings.providers().all().getFirst().displayName()).isEqualTo("Groq");
        assertThat(settings.timeouts())
                .isEqualTo(new Settings.Timeouts(
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(25)));
    }

    @Test
    void anEnvironmentVariableOverridesItsSetting() {
        var settings = load(
                FIREBASE + "server: {port: 1}\n",
                "KEYSWITCH_SERVER_PORT",
                "9999",
                "KEYSWITCH_SERVER_ALLOWED_ORIGINS",
                "https://a.example, https://b.example",
                "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE",
                "7",
                "KEYSWITCH_PROVIDERS_GROQ_BASE_URL",
                "http://localhost:9100/v1/",
                "GROQ_API_KEY",
                "gsk_abcdefgh");
        assertThat(settings.server().port()).isEqualTo(9999);
        assertThat(settings.server().allowedOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.limits().requestsPerMinute()).isEqualTo(7);
        assertThat(settings.providers().all().getFirst().baseUrl()).isEqualTo("http://localhost:9100/v1");
        assertThat(settings.projectKeys()).containsOnlyKeys(new ProviderId("groq"));
    }

    @Test
    void theMaximumOfMessageCharactersPerDayIsAccepted() {
        assertThat(load(FIREBASE + "limits: {messageCharactersPerDay: 1000000000}")
                        .limits()
                        .messageCharactersPerDay())
                .isEqualTo(1_000_000_000);
    }

    @Test
    void launcherAndTestVariablesAreNotUnknownSettings() {
        for (var name : List.of(
                "KEYSWITCH_JAVA_HOME", "KEYSWITCH_JAVA_OPTS", "KEYSWITCH_ADOPTIUM_API", "KEYSWITCH_TEST_DATA")) {
            assertThat(load(FIREBASE, name, "x")).isNotNull();
        }
    }

    @Test
    void settingsCanComeFromTheEnvironmentAlone() {
        assertThat(load("", "KEYSWITCH_AUTH_FIREBASE_PROJECT_ID", "p").auth().firebase())
                .isNotNull()
                .extracting(Settings.Firebase::projectId)
                .isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: {prot: 1}| Unknown setting \"server.prot\". Did you mean \"server.port\"?",
                "sever: {port: 1}| Unknown setting \"sever\". Did you mean \"server\"?",
                "server: {port: 70000}| server.port is \"70000\": it must be an integer from 0 to 65535",
                "server: {port: abc}| server.port is \"abc\": it must be an integer",
                "server: 8080| server must be a mapping of settings",
                "server: {allowedOrigins: https://app.example}| server.allowedOrigins must be a list",
                "server: {allowedOrigins: [app.example/x]}| server.allowedOrigins holds \"app.example/x\"",
                "server: {hosts: ['https://chat.example']}| server.hosts holds \"https://chat.example\": write host names without a scheme",
                "server: {hosts: ['chat.example:443']}| server.hosts holds \"chat.example:443\": write host names",
                "server: {hosts: ['*']}| server.hosts holds \"*\": write host names",
                "server: {trustedProxies: [10.0.0.0/99]}| server.trustedProxies holds \"10.0.0.0/99\", which does not exist",
                "server: {trustedProxies: [300.1.1.1]}| server.trustedProxies holds \"300.1.1.1\", which does not exist",
                "server: {trustedProxies: ['::1/129']}| server.trustedProxies holds \"::1/129\", which does not exist",
                "server: {trustedProxies: [':::1']}| server.trustedProxies holds \":::1\", which does not exist",
                "providers: {xx: {baseUrl: 'https://api.example.com', defaultModel: m-1, models: {get: ../models}}}| providers.xx.models begins with ../",
                "providers: {xx: {baseUrl: 'https://{accountId}.example.com/v1', defaultModel: m-1, accountId: {pattern: '^[a-z]+$'}}}| providers.xx.baseUrl has {accountId} in its host",
                "providers: {xx: {baseUrl: 'https://api.example.com/v1', defaultModel: m-1, projectKey: LLM_SETTINGS_ENCRYPTION_KEY}}| providers.xx.projectKey names a variable that is reserved for Keyswitch",
                "database: {url: 'mysql://x'}| database.url must begin with jdbc:sqlite:",
                "default: {provider: groqq}| default.provider is \"groqq\": it must be one of groq, openai",
                "default: {model: x-1}| default.model requires default.provider",
                "assistant: {systemPrompt: no-such-file.md}| assistant.systemPrompt is \"no-such-file.md\": there is no readable text file",
                "limits: {bodyBytes: 1}| limits.bodyBytes is \"1\": it must be an integer from 1024",
                "timeouts: {gap: 60}| timeouts.gap is \"60\": write a time such as 500ms, 30s or 2m",
                "providers: {acme: {defaultModel: m-1}}| providers.acme.baseUrl is missing",
                "providers: {acme: {baseUrl: 'https://x.example'}}| providers.acme.defaultModel is missing",
                "providers: {Mistral: {baseUrl: 'https://x.example', defaultModel: m-1}}| providers.Mistral is not a valid provider ID",
                "providers: {keyswitch: {baseUrl: 'https://x.example', defaultModel: m-1}}| providers.keyswitch is not a valid provider ID",
                "providers: {groq: {baseURL: 'https://x.example'}}| Unknown setting \"providers.groq.baseURL\". Did you mean \"providers.groq.baseUrl\"?",
                "providers: {groq: {baseUrl: 'http://api.evil.example'}}| providers.groq.baseUrl would be called unencrypted over the internet",
                "providers: {groq: {baseUrl: 'ftp://x.example'}}| providers.groq.baseUrl must begin with https://",
                "providers: {groq: {baseUrl: 'https://u:p@x.example'}}| providers.groq.baseUrl must have a host and no user",
                "providers: {groq: {baseUrl: 'https://x.example/../y'}}| providers.groq.baseUrl must be a URL without",
                "providers: {groq: {baseUrl: 'https://x.example/?a=b'}}| providers.groq.baseUrl must be a URL without",
                "providers: {groq: {baseUrl: 'https://x.example/{accountId}'}}| providers.groq.accountId and {accountId} in baseUrl go together",
                "providers: {groq: {wire: opnai}}| providers.groq.wire is \"opnai\": it must be one of openai, anthropic, gemini",
                "providers: {groq: {check: {get: 'https://evil.example'}}}| providers.groq.check.get is \"https://evil.example\": write a path below baseUrl",
                "providers: {groq: {quirks: {maxToken: 1}}}| Unknown setting \"providers.groq.quirks.maxToken\". Did you mean \"providers.groq.quirks.maxTokens\"?",
                "providers: {other: {displayName: Groq, baseUrl: 'https://x.example', defaultModel: m-1}}| providers.other cannot be told apart: providers groq and other are both called",
                "providers: {groq: {headers: {Authorization: x}}}| providers.groq.headers holds \"Authorization\", which is not a header that can be set here",
                "providers: {groq: {headers: {X-Team: 'a\u00e9'}}}| providers.groq.headers.X-Team must have visible ASCII",
                "providers: {groq: {modelNames: {fast: x}}}| providers.groq.modelNames.fast must be a model ID",
                "swarmspace: {plugins: [x]}| swarmspace.plugins must be a mapping, such as {name: value}",
                "swarmspace: {internalToken: x}| swarmspace.internalToken is a secret: take it out of the file and set SWARMSPACE_INTERNAL_TOKEN",
                "swarmspace: {plugins: {weather: {workerUrl: 'https://w.example'}}}| SWARMSPACE_INTERNAL_TOKEN is missing: plugins have a workerUrl",
                "swarmspace: {plugins: {weather: {workerUrl: 'https://w.example/invoke'}}}| swarmspace.plugins.weather.workerUrl must not end in /invoke",
                "swarmspace: {plugins: {wether: {tier: free}}}| swarmspace.plugins.wether.description is missing: did you mean the built-in plugin \"weather\"?",
                "swarmspace: {plugins: {weather: 'https://w.example'}}| swarmspace.plugins.weather must be a mapping of settings",
                "swarmspace: {plugins: {deep: {description: d, llm: true, keysOf: [swarmspace]}}}| swarmspace.plugins.deep.keysOf holds \"swarmspace\", which is only valid for a plugin with a chat",
                "swarmspace: {plugins: {thinker: {tier: free}}}| swarmspace.plugins.thinker.description is missing: describe the plugin",
                "swarmspace: {plugins: {weather: {keysOf: [gemini]}}}| swarmspace.plugins.weather.keysOf is only valid for an LLM plugin",
                "swarmspace: {plugins: {gemini-flash: {keysOf: [gemni]}}}| swarmspace.plugins.gemini-flash.keysOf holds \"gemni\", which is not a provider: did you mean \"gemini\"?",
                "swarmspace: {plugins: {gemini-flash: {chat: {provider: google}}}}| swarmspace.plugins.gemini-flash.chat.provider is \"google\", which is not a provider with its own API: write the ID of one",
                "swarmspace: {plugins: {gemini-flash: {chat: {provider: swarmspace}}}}| swarmspace.plugins.gemini-flash.chat.provider is \"swarmspace\", which is not a provider with its own API",
                "swarmspace: {plugins: {deep: {description: d, llm: true, chat: {provider: openai, model: gpt-5.5}}}}| swarmspace.plugins.deep.chat.provider is \"openai\", but the chat of gemini-flash uses gemini, and all chats must use the same provider",
                "auth: {firebase: {projectId: p, emulatorTokens: yes}}| auth.firebase.emulatorTokens is \"yes\": it must be true or false"
            })
    void anInvalidSettingIsReportedWithHowToFixIt(String yaml, String problem) {
        var text = yaml.startsWith("auth") ? yaml : FIREBASE + yaml;
        assertThat(problems(text, environment()))
                .anySatisfy(found -> assertThat(found).startsWith(placed(problem)));
    }

    /** Adds the file and line to an error about the file; an error about an environment variable has neither. */
    private static String placed(String problem) {
        int line = problem.startsWith("auth") ? 1 : 2;
        return problem.startsWith("SWARMSPACE_") ? problem : "keyswitch.yaml:" + line + ": " + problem;
    }

    @Test
    void allInvalidSettingsAreReportedTogetherInLineOrder() {
        assertThat(problems("""
                        auth: {firebase: {projectId: my-project}}
                        server:
                          port: x
                          prot: 1
                        limits: {bodyBytes: 0}
                        providers:
                          one:
                            baseUrl: https://{accountId}.example
                            defaultModel: m-1
                            projectKey: LLM_SETTINGS_ENCRYPTION_KEY
                            check: {get: ../check}
                            models: {get: ../models}
                          two: {baseUrl: "https://two.example", projectKey: "sk-proj-abcdefghijklmnop1234"}
                        default:
                          provider: three
                        """, environment()))
                .containsExactly(
                        "keyswitch.yaml:3: server.port is \"x\": it must be an integer from 0 to 65535",
                        "keyswitch.yaml:4: Unknown setting \"server.prot\". Did you mean \"server.port\"?",
                        "keyswitch.yaml:5: limits.bodyBytes is \"0\": it must be an integer from 1024 to 67108864",
                        "keyswitch.yaml:7: providers.one.accountId and {accountId} in baseUrl go together: write both or"
                                + " neither",
                        "keyswitch.yaml:8: providers.one.baseUrl has {accountId} in its host, which users must not choose:"
                                + " put it in the path",
                        "keyswitch.yaml:10: providers.one.projectKey names a variable that is reserved for Keyswitch:"
                                + " use another one",
                        "keyswitch.yaml:11: providers.one.check begins with ../, but baseUrl has no segment"
                                + " to replace: begin with /",
                        "keyswitch.yaml:12: providers.one.models begins with ../, but baseUrl has no segment to replace:"
                                + " begin with /",
                        "keyswitch.yaml:13: providers.two.defaultModel is missing: write the ID of a model",
                        "keyswitch.yaml:13: providers.two.projectKey must be the name of an environment variable, not the"
                                + " key itself",
                        "keyswitch.yaml:15: default.provider is \"three\": it must be one of groq, openai, anthropic,"
                                + " gemini, cloudflare, swarmspace, mistral, xai, deepseek, openrouter, together,"
                                + " fireworks, cerebras, perplexity");
    }

    @Test
    void hostsAndNetworksAreReadInEverySpelling() {
        var server = load(FIREBASE + """
                server: {hosts: [chat.example, Chat.Example., my_host, '[::1]', '::1', 10.0.0.7], trustedProxies: [10.0.0.0/8, '::/0', '::1']}
                """).server();
        assertThat(server.hosts()).hasSize(6);
        assertThat(server.trustedProxies()).hasSize(3);
    }

    @Test
    void aDefaultProviderWithAMistakeIsNotReportedAsUnknown() {
        assertThat(problems(
                        FIREBASE + "default: {provider: openai}\nproviders: {openai: {baseUrl: 'ftp://x'}}\n",
                        environment()))
                .containsExactly("keyswitch.yaml:3: providers.openai.baseUrl must begin with https://");
    }

    @Test
    void anInvalidEnvironmentVariableIsReportedByName() {
        assertThat(problems(FIREBASE + "server: {port: 1}\n", environment("KEYSWITCH_SERVER_PORT", "x")))
                .containsExactly("KEYSWITCH_SERVER_PORT: server.port is \"x\": it must be an integer from 0 to 65535");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groq       | set the environment variable GROQ_API_KEY
            openai     | name its environment variable in providers.openai.projectKey
            cloudflare | choose another provider
            """)
    void aDefaultProviderWithoutAProjectKeyIsRejected(String provider, String cure) {
        assertThat(problems(FIREBASE + "default: {provider: %s}".formatted(provider), environment()))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith("keyswitch.yaml:2: default.provider is \"%s\", which has no project key"
                                .formatted(provider))
                        .contains(cure));
    }

    @Test
    void anApiKeyInTheFileIsRejectedWithoutBeingQuoted() {
        var key = "sk-proj-abcdefghijklmnop1234";
        assertThat(problems(FIREBASE + "providers: {groq: {projectKey: %s}}".formatted(key), environment()))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .contains("must be the name of an environment variable")
                        .doesNotContain(key));
    }

    @Test
    void aStringInPlaceOfAMappingIsReportedOnce() {
        assertThat(problems(FIREBASE + "swarmspace: {plugins: {gemini-flash: {chat: gemini}}}", environment()))
                .containsExactly(
                        "keyswitch.yaml:2: swarmspace.plugins.gemini-flash.chat must be a mapping of settings, such as {key: value}");
    }

    @Test
    void builtInPluginsAndTheirChatsCanBeReplacedOrRemoved() {
        var moved = load(FIREBASE + """
                swarmspace:
                  plugins:
                    gemini-flash: {chat: null}
                    deep: {description: d, llm: true, chat: {provider: openai, model: gpt-5.5}}
                """);
        var openai = Objects.requireNonNull(moved.providers().named("openai"));
        var swarmspace = Objects.requireNonNull(moved.providers().named("swarmspace"));
        assertThat(swarmspace.endpoint(null)).isEqualTo(openai.endpoint(null));
        assertThat(swarmspace.knownModels()).containsExactly(new ModelId("deep"));
        var fewer = load(FIREBASE + "swarmspace: {plugins: {wikipedia: null}}");
        assertThat(fewer.swarmspace().plugins().find("wikipedia")).isNull();
        var others = load(FIREBASE, "KEYSWITCH_SWARMSPACE_PLUGINS_GEMINI_FLASH_KEYS_OF", "groq, openai");
        assertThat(Objects.requireNonNull(others.swarmspace().plugins().find("gemini-flash"))
                        .keysOf())
                .extracting(ProviderId::value)
                .containsExactlyInAnyOrder("groq", "openai");
        var none = load(FIREBASE + "swarmspace: {plugins: {gemini-flash: {chat: null}}}");
        assertThat(none.providers().named("swarmspace")).isNull();
    }

    @Test
    void theSwarmspaceProviderUsesTheBaseUrlOfItsChatProvider() {
        var settings = load(FIREBASE, "KEYSWITCH_PROVIDERS_GEMINI_BASE_URL", "https://eu.example/v1beta");
        var swarmspace = Objects.requireNonNull(settings.providers().named("swarmspace"));
        assertThat(swarmspace.endpoint(null)).isEqualTo(new Endpoint("https://eu.example/v1beta"));
    }

    @Test
    void invalidYamlIsReportedWithItsLine() {
        assertThat(problems("server: {port: 1\nx: [", environment()).getFirst())
                .startsWith("keyswitch.yaml:2:")
                .contains("not valid YAML");
        assertThat(problems("a: 1\na: 2\n", environment()).getFirst()).contains("not valid YAML");
    }

    @Test
    void aFileThatIsNotAMappingIsReported() {
        assertThat(problems("just a text", environment()))
                .anySatisfy(found -> assertThat(found).contains("The settings file must be a mapping of settings"));
    }

    @Test
    void everyDuplicateProviderNameIsReported() {
        var clashes = "providers: {one: {displayName: Groq, baseUrl: 'https://x.example', defaultModel: m-1},"
                + " two: {aliases: [openai], baseUrl: 'https://x.example', defaultModel: m-1}}";
        assertThat(problems(FIREBASE + clashes, environment())).hasSize(2);
    }

    @Test
    void aMisspeltEnvironmentVariableIsReportedWithASuggestion() {
        assertThat(problems(FIREBASE, environment("KEYSWITCH_SERVER_PROT", "1")))
                .containsExactly(
                        "Unknown environment variable \"KEYSWITCH_SERVER_PROT\". Did you mean \"KEYSWITCH_SERVER_PORT\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "secret, is not hexadecimal",
        "'b1c7d09e2f3a4b5c6d7e8f9001122334455667788990aabbccddeeff01234567,', holds an empty key beside a comma",
        "abc123, has 6 characters instead of 64",
        "1111111111111111111111111111111111111111111111111111111111111111, repeats itself",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, is a published example"
    })
    void servingRequiresAValidMasterKey(String key, String problem) {
        assertThat(problems(FIREBASE, Map.of(SettingsLoader.MASTER_KEY_VARIABLE, key)))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith("LLM_SETTINGS_ENCRYPTION_KEY " + problem)
                        .contains("keyswitch keygen"));
    }

    @Test
    void servingRequiresAnAuthenticationMethod() {
        assertThat(problems("", environment()))
                .singleElement()
                .satisfies(found -> assertThat(found).startsWith("auth.firebase is missing"));
    }

    @Test
    void emulatorTokensAreRejectedOnANonLoopbackHost() {
        assertThat(problems(
                        "server: {host: 0.0.0.0}\nauth: {firebase: {projectId: p, emulatorTokens: true}}\n",
                        environment()))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith("keyswitch.yaml:2: auth.firebase.emulatorTokens lets anyone sign in"));
    }

    @Test
    void emulatorTokensAreRejectedWithAWildcardOrigin() {
        assertThat(problems(
                        "server: {allowedOrigins: ['*']}\nauth: {firebase: {projectId: p, emulatorTokens: true}}\n",
                        environment()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("lets any web page sign in"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://login.example       | https://login.example       | true
            https://login.example       | https://login.example/more  | true
            https://login.example/more  | https://login.example       | true
            https://login.example       | https://login.example.org   | false
            https://securetoken.google.com/my-project | https://login.example | true
            """)
    void issuersEqualToOrBelowAnotherIssuerAreRejected(String one, String other, boolean rejected) {
        var yaml = FIREBASE.replace(
                "}}\n", "}, oidc: [{issuer: '%s', audience: a}, {issuer: '%s', audience: a}]}\n".formatted(one, other));
        if (rejected) {
            assertThat(problems(yaml, environment()))
                    .singleElement()
                    .satisfies(found -> assertThat(found).contains("auth.oidc has two issuers"));
        } else {
            assertThat(load(yaml).auth().oidc()).hasSize(2);
        }
    }

    @Test
    void anEnvironmentVariableDoesNotHideAnInvalidSection() {
        assertThat(problems(FIREBASE + "server: 5\n", environment("KEYSWITCH_SERVER_PORT", "90")))
                .containsExactly("keyswitch.yaml:2: server must be a mapping of settings, such as {key: value}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"swarmspace:\n", "swarmspace: {plugins: }\n", "providers:\n", "server:\nlimits:\n"})
    void anEmptySectionKeepsTheBuiltInEntries(String yaml) {
        var settings = load(FIREBASE + yaml);
        assertThat(settings.swarmspace().plugins().all()).hasSize(11);
        assertThat(settings.providers().all()).hasSize(14);
    }

    @Test
    void trailingSlashesOfABaseUrlAreRemoved() {
        var settings = load(FIREBASE + "providers: {groq: {baseUrl: 'https://x.example/v1//'}}\n");
        assertThat(settings.providers().all().getFirst().baseUrl()).isEqualTo("https://x.example/v1");
    }

    @Test
    void anIssuerWithoutHttpsIsRejected() {
        assertThat(problems("auth: {oidc: [{issuer: 'http://login.example', audience: a}]}", environment()))
                .containsExactly(
                        "keyswitch.yaml:1: auth.oidc[0].issuer would be called unencrypted over the internet: write https://");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server: {port: [1]}                          | server.port must be a single value
            server: {hosts: [[a]]}                       | server.hosts must be a list of single values
            auth: {oidc: [x]}                            | auth.oidc[0] must be a mapping of settings
            providers: {xx: {baseUrl: '', defaultModel: m-1}} | providers.xx.baseUrl is missing
            limits: {requestsPerMinute: 1.5}             | limits.requestsPerMinute is "1.5": it must be an integer
            limits: {requestsPerMinute: 0}               | limits.requestsPerMinute is "0": it must be an integer from 1
            timeouts: {connect: 0s}                      | timeouts.connect is "0s": write a time
            server: {port: ""}                           | server.port is "": it must be an integer
            server: {port: "null"}                       | server.port is "null": it must be an integer
            providers: {groq: {quirks: {streaming: ""}}} | providers.groq.quirks.streaming is "": it must be true or false
            providers: {groq: {wire: 0}}                 | providers.groq.wire is "0": it must be one of openai
            swarmspace: {tiers: {gold: 2}}               | swarmspace.tiers.gold is "2": it must be one of free, standard, premium
            providers: {mine: null}                      | providers.mine is null
            swarmspace: {plugins: {mine: null}}          | swarmspace.plugins.mine is null
            providers: {"": {baseUrl: 'https://x.example', defaultModel: m-1}} | is not a valid provider ID
            assistant: {systemPrompt: "a\\0b"}           | assistant.systemPrompt is
            providers: {groq: {accountId: {pattern: '['}, baseUrl: 'https://x.example/{accountId}'}} | providers.groq.accountId.pattern is not a regular expression
            """)
    void aValueOfTheWrongTypeOrRangeIsReported(String yaml, String problem) {
        assertThat(problems((yaml.startsWith("auth") ? "" : FIREBASE) + yaml, environment()))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void anInvalidProjectKeyIsRejectedWithoutBeingQuoted() {
        assertThat(problems(FIREBASE, environment("GROQ_API_KEY", "gsk with blanks")))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .startsWith("GROQ_API_KEY is not an API key")
                        .doesNotContain("gsk with"));
    }

    @Test
    void providersCanBeAddedAndBuiltInOnesOverriddenByField() {
        var providers = load(FIREBASE + """
                providers:
                  mistral:
                    displayName: Mistral
                    baseUrl: https://api.mistral.ai/v1
                    defaultModel: mistral-large-latest
                    aliases: [le-chat]
                    projectKey: MISTRAL_API_KEY
                    check: {get: /models}
                    models: {get: /models}
                    quirks: {dropUnknownParams: true, maxTokensField: max_tokens}
                  anthropic: {headers: {anthropic-version: "2026-10-21"}}
                """, "MISTRAL_API_KEY", "mistral-key").providers();
        var mistral = Objects.requireNonNull(providers.named("Le Chat!"));
        assertThat(mistral.id().value()).isEqualTo("mistral");
        assertThat(mistral.quirks().has(Quirk.DROP_UNKNOWN_PARAMS)).isTrue();
        var anthropic = Objects.requireNonNull(providers.named("claude"));
        assertThat(anthropic.api().headers()).containsEntry("anthropic-version", "2026-10-21");
        assertThat(anthropic.defaultModel().value()).isEqualTo("claude-sonnet-5-5");
    }
}
