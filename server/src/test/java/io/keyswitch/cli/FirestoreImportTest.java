package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.TestApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of an app with its settings in Firestore go on with their models and keys. */
@Timeout(180)
class FirestoreImportTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final TestApp app = TestApp.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void writeSettings() throws Exception {
        Files.writeString(directory.resolve("keyswitch.yaml"), app.data().yaml() + """
                auth: {firebase: {projectId: demo-keyswitch}}
                providers:
                  openai: {baseUrl: "%1$s/openai/v1"}
                  cloudflare: {baseUrl: "%1$s/cloudflare/client/v4/accounts/{accountId}/ai/v1"}
                """.formatted(app.simulatorUrl()));
    }

    @AfterEach
    void close() {
        app.close();
    }

    /** A key as the reference product stores it. */
    private static String encrypted(String key, String masterKey) throws Exception {
        var iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(HexFormat.of().parseHex(masterKey), "AES"),
                new GCMParameterSpec(128, iv));
        var sealed = cipher.doFinal(key.getBytes(StandardCharsets.UTF_8));
        var base64 = Base64.getEncoder();
        return base64.encodeToString(iv) + ":"
                + base64.encodeToString(Arrays.copyOfRange(sealed, sealed.length - 16, sealed.length)) + ":"
                + base64.encodeToString(Arrays.copyOf(sealed, sealed.length - 16));
    }

    private Command importing(String content, String... options) throws Exception {
        var arguments = Stream.concat(Stream.of("import", "--firestore", "users.json"), Stream.of(options))
                .toArray(String[]::new);
        var result = new Command[1];
        app.restartAfter(() -> {
            try {
                Files.writeString(directory.resolve("users.json"), content);
                result[0] = Command.run(
                        directory,
                        Map.of(SettingsLoader.MASTER_KEY_VARIABLE, app.masterKey(), "GROQ_API_KEY", "project-key-groq"),
                        arguments);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return result[0];
    }

    @Test
    @Tag("database")
    void usersGoOnWithTheirModelsAndKeys() throws Exception {
        var imported = importing("""
                {"uid":"alice","provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"%s","useProjectKey":false}
                {"path":"users/carol/settings/llm","data":{"provider":"cloudflare","modelId":"@cf/openai/gpt-oss-120b","accountId":"%s","apiKeyEncrypted":"%s"}}

                {"uid":"bob","provider":"Groq","modelId":"sim-echo","useProjectKey":true}
                """.formatted(
                encrypted("alices-key-1a2b", app.masterKey()), ACCOUNT, encrypted("carols-key-3c4d", app.masterKey())));
        assertThat(imported.out()).isEqualTo("Users of demo-keyswitch imported with their models: 3.\n");
        assertThat(imported.exitCode()).isZero();
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.5").contains("1a2b");
        assertThat(app.chat("carol", "t", "hello"))
                .contains("@cf/openai/gpt-oss-120b")
                .contains("3c4d");
        assertThat(app.call("getUserModelConfig", Map.of(), "bob")
                        .path("keySource")
                        .stringValue())
                .isEqualTo("project");
    }

    @Test
    @Tag("database")
    void answersOfTheRestInterfaceAreRead() throws Exception {
        var imported = importing("""
                {
                  "documents": [
                    {
                      "name": "projects/demo-keyswitch/databases/(default)/documents/users/alice/settings/llm",
                      "fields": {
                        "provider": {"stringValue": "openai"},
                        "modelId": {"stringValue": "gpt-5.5"},
                        "apiKeyEncrypted": {"stringValue": "%s"},
                        "accountId": {"nullValue": null},
                        "useProjectKey": {"booleanValue": false}
                      },
                      "createTime": "2026-01-01T00:00:00Z",
                      "updateTime": "2026-01-01T00:00:00Z"
                    },
                    {
                      "name": "projects/demo-keyswitch/databases/(default)/documents/users/bob/settings/llm",
                      "fields": {
                        "provider": {"stringValue": "groq"},
                        "modelId": {"stringValue": "sim-echo"},
                        "useProjectKey": {"booleanValue": true}
                      }
                    }
                  ]
                }
                """.formatted(encrypted("alices-key-1a2b", app.masterKey())));
        assertThat(imported.out()).isEqualTo("Users of demo-keyswitch imported with their models: 2.\n");
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.5").contains("1a2b");
    }

    private static String named(String user) {
        return "{\"name\": \"projects/p/databases/(default)/documents/users/" + user + "/settings/llm\", \"fields\": "
                + "{\"provider\": {\"stringValue\": \"groq\"}, \"modelId\": {\"stringValue\": \"sim-echo\"}, "
                + "\"useProjectKey\": {\"booleanValue\": true}}}";
    }

    @Test
    void aPageThatIsMissingIsReported() throws Exception {
        var imported = importing("{\"documents\": [" + named("alice") + "],\n\"nextPageToken\": \"t\"}");
        assertThat(imported.out())
                .startsWith("Users of demo-keyswitch imported with their models: 1.\n")
                .contains("there are further documents");
        assertThat(imported.exitCode()).isOne();
    }

    @Test
    void aDocumentBelongsToTheUserInItsPathWhateverItsFieldsSay() throws Exception {
        var imported = importing("""
                {"path":"users/mallory/settings/llm","data":{"userId":"alice","path":"users/alice/settings/llm",\
                "provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"%s"}}
                {"name":"projects/p/databases/(default)/documents/users/trudy/settings/llm","fields":\
                {"uid":{"stringValue":"alice"},"provider":{"stringValue":"groq"},"modelId":{"stringValue":"sim-echo"},\
                "useProjectKey":{"booleanValue":true}}}
                {"uid":"mallory","path":"users/alice/settings/llm","provider":"groq","modelId":"sim-echo","useProjectKey":true}
                """.formatted(encrypted("mallorys-key-1a2b", app.masterKey())));
        assertThat(imported.out())
                .contains("Users of demo-keyswitch imported with their models: 2.\n")
                .contains("line 3: it does not say whose it is");
        assertThat(app.call("listApiKeys", Map.of(), "alice").path("keys")).isEmpty();
        assertThat(app.call("listApiKeys", Map.of(), "mallory").path("keys")).hasSize(1);
        assertThat(app.call("getUserModelConfig", Map.of(), "trudy").toString()).contains("sim-echo");
    }

    @Test
    @Tag("database")
    void whatWasChangedElsewhereSinceIsImportedIfThatIsSaid() throws Exception {
        var line = "{\"uid\":\"alice\",\"provider\":\"openai\",\"modelId\":\"%s\",\"apiKeyEncrypted\":\"%s\"}\n";
        importing(line.formatted("gpt-5.4", encrypted("alices-key-1a2b", app.masterKey())));
        var changed = line.formatted("gpt-5.5", encrypted("alices-new-key-3c4d", app.masterKey()));
        assertThat(importing(changed).out()).contains("imported with their models: 0.");
        assertThat(importing(changed, "--replace").out())
                .isEqualTo("Users of demo-keyswitch imported with their models: 1.\n");
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.5").contains("3c4d");
    }

    /** Runs the script that the docs give for the way back. */
    @Test
    @Tag("database")
    void theDocumentsForTheWayBackHaveWhatUsersHaveChangedSince() throws Exception {
        importing("{\"uid\":\"alice\",\"provider\":\"openai\",\"modelId\":\"gpt-5.4\",\"apiKeyEncrypted\":\"%s\"}\n"
                .formatted(encrypted("alices-key-1a2b", app.masterKey())));
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", "sk-alices-new-key-3c4d"),
                "alice");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-echo", "useProjectKey", true),
                "bob");
        var environment =
                Map.of(SettingsLoader.MASTER_KEY_VARIABLE, app.masterKey(), "OLD_ENCRYPTION_KEY", app.masterKey());
        assertThat(Command.run(directory, environment, "export", "back.jsonl", "--plain-keys")
                        .exitCode())
                .isZero();
        Files.writeString(directory.resolve("back.mjs"), snippet("back.mjs"));
        var back = Command.program(directory, environment, List.of("node", "back.mjs", "back.jsonl", "demo-keyswitch"));
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out())
                .contains(
                        "{\"path\":\"users/bob/settings/llm\",\"data\":{\"provider\":\"groq\",\"modelId\":\"sim-echo\",\"useProjectKey\":true}}")
                .contains("users/alice/settings/llm")
                .doesNotContain("sk-alices");

        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "gpt-5.4-mini", "apiKey", "sk-another-key-5e6f"),
                "alice");
        assertThat(importing(back.out(), "--replace").out())
                .isEqualTo("Users of demo-keyswitch imported with their models: 2.\n");
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.5").contains("3c4d");
    }

    /** A block of code in the docs, which begins with the name of its file in a comment. */
    private static String snippet(String file) throws Exception {
        var docs = Files.readString(Path.of("docs/migrate-from-firestore.md"));
        int begin = docs.indexOf("// " + file);
        return docs.substring(begin, docs.indexOf("```", begin));
    }

    @Test
    void whoHadAProjectKeyThatIsNotSetIsReported() throws Exception {
        var imported =
                importing("{\"uid\":\"alice\",\"provider\":\"gemini\",\"modelId\":\"m-1\",\"useProjectKey\":true}");
        assertThat(imported.out())
                .startsWith("line 1 (user alice): it uses the project key for Google (Gemini), which is not set\n");
        assertThat(imported.exitCode()).isOne();
    }

    @Test
    void whoHasDeletedAKeyHereDoesNotGetItBack() throws Exception {
        var line = "{\"uid\":\"alice\",\"provider\":\"openai\",\"modelId\":\"gpt-5.5\",\"apiKeyEncrypted\":\"%s\"}\n"
                .formatted(encrypted("alices-key-1a2b", app.masterKey()));
        importing(line);
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        assertThat(importing(line).out())
                .contains("Users who have or had a model here already, and keep what they have: 1.");
        assertThat(app.call("listApiKeys", Map.of(), "alice").path("keys")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsReportedAndTheRestIsImported() throws Exception {
        var good = encrypted("a-good-key-1a2b", app.masterKey());
        var imported = importing("""
                {"uid":"alice","provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"%1$s"}
                {"uid":"u2","provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"%2$s"}
                {"uid":"u3","provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"no:base64!:key"}
                {"uid":"u4","provider":"nobody","modelId":"gpt-5.5","apiKeyEncrypted":"%1$s"}
                {"uid":"u5","provider":"cloudflare","modelId":"@cf/x/y","accountId":"../..","apiKeyEncrypted":"%1$s"}
                {"uid":"u6","provider":"openai","apiKeyEncrypted":"%1$s"}
                {"uid":"u7","provider":"openai","modelId":"gpt-5.5"}
                {"provider":"openai","modelId":"gpt-5.5","apiKeyEncrypted":"%1$s"}
                {"uid":"u9",
                """.formatted(good, encrypted("another-key-3c4d", MasterKeys.generate())));
        assertThat(imported.exitCode()).isOne();
        assertThat(imported.out().lines())
                .containsExactly(
                        "line 2 (user u2): no master key decrypts the key",
                        "line 3 (user u3): the encrypted key is not base64",
                        "line 4 (user u4): there is no provider \"nobody\": add it to the settings, or correct the document",
                        "line 5 (user u5): it has no valid accountId, which Cloudflare (Workers AI) needs",
                        "line 6 (user u6): it has no valid modelId",
                        "line 7 (user u7): it has neither apiKeyEncrypted nor useProjectKey",
                        "line 8: it does not say whose it is: it needs a name or path users/{uid}/settings/llm, or a uid",
                        "line 9: it is not JSON",
                        "Users of demo-keyswitch imported with their models: 1.",
                        "Documents that could not be read, see above: 8.");
        assertThat(imported.out() + imported.err()).doesNotContain("a-good-key").doesNotContain(good);
    }

    @Test
    void whoHasAModelAlreadyKeepsItWhenTheImportIsRunAgain() throws Exception {
        var line = "{\"uid\":\"alice\",\"provider\":\"openai\",\"modelId\":\"gpt-5.5\",\"apiKeyEncrypted\":\"%s\"}\n"
                .formatted(encrypted("alices-key-1a2b", app.masterKey()));
        importing(line);
        app.call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.4-mini"), "alice");
        assertThat(importing(line).out())
                .contains("imported with their models: 0.")
                .contains("Users who have or had a model here already, and keep what they have: 1.");
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.4-mini");
    }
}
