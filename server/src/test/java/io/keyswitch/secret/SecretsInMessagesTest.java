package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of all kinds are redacted from messages, and strings that only look like secrets are not. */
class SecretsInMessagesTest {
    private static final String BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    /** Templates of secrets; {@code b40} stands for 40 random letters and digits, {@code h32} for 32 hexadecimal digits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b52JQQJ99BKb4ACOGb20",
                "b2.8Q~b34",
                "AccountKey=b86==",
                "pa-b43",
                "glpat-b20",
                "gldt-b20",
                "npm_b36",
                "pypi-AgEIcHlwaS5vcmcb60",
                "SG.b22.b43",
                "xapp-1-A0B1C2D3E4F-1234567890123-h64",
                "xoxb-123456789012-1234567890123-b24",
                "xoxe.xoxp-1-b60",
                "ya29.b60",
                "GOCSPX-b28",
                "1//0b60",
                "dapih32",
                "dapih32-2",
                "dop_v1_h64",
                "doo_v1_h64",
                "123456789:AAb33",
                "whsec_b32",
                "shpat_h32",
                "lin_api_b40",
                "ntn_b46",
                "hvs.b24",
                "figd_b40",
                "dckr_pat_b27",
                "sbp_h40",
                "sq0atp-b22",
                "lsv2_pt_h32_h10",
                "sk_h48",
                "SKh32",
                "key-h32"
            })
    void aSecretOfAKnownFormatIsRedacted(String template) {
        var random = new Random(7);
        for (int i = 0; i < 20; i++) {
            var secret = fill(template, random);
            for (var phrasing : List.of("%s", "look: %s", "\"%s\"", "VALUE=%s", "use `%s`, please", "密钥：%s。")) {
                var redacted = ScannedText.of(phrasing.formatted(secret));
                assertThat(redacted.hasSecrets()).as(phrasing.formatted(secret)).isTrue();
                assertThat(redacted.text()).doesNotContain(secret.substring(6, secret.length() - 6));
            }
        }
    }

    private static String fill(String template, Random random) {
        return Pattern.compile("([bh])([0-9]+)")
                .matcher(template)
                .replaceAll(match ->
                        random(match.group(1).equals("b") ? BASE62 : HEX, Integer.parseInt(match.group(2)), random));
    }

    private static String random(String alphabet, int length, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:%s@db.example:5432/app",
                "postgresql+asyncpg://app:%s@localhost/app",
                "mysql://root:%s@127.0.0.1",
                "mongodb+srv://app:%s@cluster0.example.net/?retryWrites=true",
                "redis://:%s@cache:6379/0",
                "amqps://app:%s@rabbit/vhost",
                "why does https://user:%s@git.example/repo.git fail?"
            })
    void thePasswordInAUrlIsRedactedUnlessItIsAPlaceholder(String address) {
        var redacted = ScannedText.of(address.formatted("s3cr#t-Pa55"));
        assertThat(redacted.text()).isEqualTo(address.formatted("[secret removed]"));
        assertThat(redacted.keys()).isEmpty();
        for (var placeholder : List.of("password", "<password>", "${DB_PASSWORD}", "***", "xxxx", "{password}")) {
            var example = address.formatted(placeholder);
            assertThat(ScannedText.of(example).text()).isEqualTo(example);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my key for the new account is %s",
                "here is the token you asked for: %s",
                "%s is my key, please use it",
                "the password they gave me: %s",
                "OPENAI_KEY=%s",
                "export MISTRAL_API_KEY='%s'",
                "aws_secret_access_key = %s",
                "mi clave de Mistral es %s",
                "esta es la clave nueva: %s",
                "minha chave é %s",
                "a senha do serviço é %s",
                "la mia chiave è %s",
                "ma clé pour Mistral est %s",
                "voici mon jeton : %s",
                "mein Schlüssel lautet %s",
                "der API-Schlüssel für Azure ist %s",
                "das Passwort ist %s",
                "мой ключ для Mistral: %s",
                "вот токен %s",
                "私のキーは%sです",
                "APIキー: %s",
                "我的密钥是%s",
                "這是我的金鑰 %s",
                "제 키는 %s 입니다",
                "토큰: %s",
                "مفتاحي هو %s",
                "هذا هو المفتاح: %s",
                "मेरी कुंजी %s है",
                "मेरी एपीआई की %s है"
            })
    void aRandomTokenCalledAKeyInAnyLanguageIsRedacted(String said) {
        var random = new Random(11);
        for (int i = 0; i < 200; i++) {
            var secret = random(BASE62, 12, random)
                    + random(HEX.substring(0, 10), 2, random)
                    + random(BASE62, 12 + random.nextInt(20), random);
            var message = said.formatted(secret);
            assertThat(ScannedText.of(message).text())
                    .as(message)
                    .isEqualTo(said.formatted("[API key ending " + secret.substring(secret.length() - 4) + "]"));
        }
    }

    @Test
    void anAwsSecretKeyWithSlashesIsRedacted() {
        var redacted = ScannedText.of("my secret access key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        assertThat(redacted.text()).isEqualTo("my secret access key: [API key ending EKEY]");
    }

    /** Random-looking strings that occur in ordinary messages. */
    private static final Map<String, Function<Random, String>> THINGS = Map.ofEntries(
            Map.entry("md5", random -> random(HEX, 32, random)),
            Map.entry("sha1", random -> random(HEX, 40, random)),
            Map.entry("sha256", random -> random(HEX, 64, random)),
            Map.entry("short", random -> random(HEX, 7 + random.nextInt(4), random)),
            Map.entry("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString()),
            Map.entry("ulid", random -> "01" + random("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24, random)),
            Map.entry("digits", random -> random("0123456789", 8 + random.nextInt(14), random)),
            Map.entry("iban", random -> "DE" + random("0123456789", 20, random)),
            Map.entry("tracking", random -> "1Z" + random("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 16, random)),
            Map.entry("base64", random -> {
                var bytes = new byte[30 + random.nextInt(60)];
                random.nextBytes(bytes);
                return Base64.getEncoder().encodeToString(bytes);
            }),
            Map.entry("id22", random -> random(BASE62, 22, random)),
            Map.entry("video", random -> random(BASE62, 11, random)),
            Map.entry(
                    "date",
                    random -> "2026-%02d-%02dT%02d:%02d:%02dZ"
                            .formatted(
                                    1 + random.nextInt(12),
                                    1 + random.nextInt(28),
                                    random.nextInt(24),
                                    random.nextInt(60),
                                    random.nextInt(60))),
            Map.entry("version", random -> random.nextInt(9) + "." + random.nextInt(40) + "." + random.nextInt(99)),
            Map.entry(
                    "model",
                    random -> List.of(
                                    "claude-sonnet-4-5-20250929",
                                    "gpt-4o-mini-2024-07-18",
                                    "meta-llama/llama-4-maverick-17b-128e-instruct",
                                    "gemini-2.5-flash-preview-09-2025",
                                    "accounts/fireworks/models/deepseek-v3p1",
                                    "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
                                    "Qwen3-235B-A22B-Instruct-2507-FP8",
                                    "Llama-4-Scout-17B-16E-Instruct")
                            .get(random.nextInt(8))),
            Map.entry(
                    "word",
                    random -> List.of("garden", "Straße", "perro", "мир", "日本", "사랑", "سلام", "नमस्ते")
                            .get(random.nextInt(8))),
            Map.entry(
                    "identifier",
                    random -> List.of(
                                    "getUserModelConfigById2",
                                    "KEYSWITCH_PROVIDERS_OPENAI_BASE_URL",
                                    "orders_customer_id_fk_2024_index",
                                    "AbstractSingletonProxyFactoryBean",
                                    "spring.datasource.hikari.maximum-pool-size",
                                    "x86_64-unknown-linux-gnu")
                            .get(random.nextInt(6))));

    private static List<String> templates() throws IOException {
        try (var in =
                Objects.requireNonNull(SecretsInMessagesTest.class.getResourceAsStream("/ordinary-messages.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("##"))
                    .map(line -> line.replace("\\n", "\n"))
                    .toList();
        }
    }

    @Test
    @Timeout(180)
    void ordinaryMessagesAreNotRedacted() throws Exception {
        var templates = templates();
        var thing = Pattern.compile("\\{([a-z0-9]+)}");
        var random = new Random(13);
        var alarms = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            var message = thing.matcher(templates.get(i % templates.size()))
                    .replaceAll(match -> THINGS.getOrDefault(match.group(1), _ -> match.group())
                            .apply(random)
                            .replace("$", "\\$"));
            var redacted = ScannedText.of(message);
            if (redacted.hasSecrets() || !redacted.text().equals(message)) {
                alarms.add(message + "  →  " + redacted.text());
            }
        }
        assertThat(alarms).isEmpty();
    }
}
