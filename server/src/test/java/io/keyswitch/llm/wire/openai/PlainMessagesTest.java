package io.keyswitch.llm.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

class PlainMessagesTest {
    private static final ModelId MODEL = new ModelId("m-1");

    private static final List<String> TEXTS = List.of(
            "Hello",
            "\\\"quoted\\\"",
            "a\\nb",
            "\\u00e9",
            "é",
            "你好",
            "　",
            "　a",
            " ",
            "",
            "\\t",
            "😀",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\u2003",
            "\u2003",
            "こんにちは",
            "{\\\"messages\\\":[]}",
            "1",
            "\\\\",
            "/",
            "\\/");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isKept(String body) {
        return PlainMessages.read(utf8(body)) instanceof ObjectNode request
                && request.get("messages") instanceof POJONode;
    }

    /** What the provider gets. */
    private static String forwarded(@Nullable JsonNode read, Quirks quirks, Refusals refused) {
        if (!(read instanceof ObjectNode request)) {
            return "nothing";
        }
        ForwardedRequest.adapt(request, MODEL, quirks);
        ForwardedRequest.without(refused, request, quirks);
        // Parsed again, because the same string can be escaped or not.
        return Json.text(Objects.requireNonNull(Json.readFromProvider(written(request))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}",
                "{\"model\":\"x\",\"messages\" : [ {\"content\":\"Hi\",\"role\":\"system\"} , {\"role\":\"assistant\",\"content\":\"你好\"} ],\"stream\":true}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\nb\"}],\"tools\":[{\"function\":{\"messages\":1}}]}"
            })
    void rolesWithTextsAreKeptAsTheyAre(String body) {
        assertThat(isKept(body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[]}",
                "{\"messages\":null}",
                "{\"messages\":{}}",
                "{\"messages\":[1]}",
                "{\"messages\":[{\"role\":\"user\"}]}",
                "{\"messages\":[{\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"developer\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"　\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u0020\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"half \\ud83d\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]}",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\",\"tool_calls\":[]}]}"
            })
    void messagesWithOtherFieldsAreParsedIntoATree(String body) {
        assertThat(isKept(body)).isFalse();
        assertThat(PlainMessages.read(utf8(body))).isEqualTo(Json.readFromClient(utf8(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]x",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]} x",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"messages\":[]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"a\":1,\"a\":2}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\",\"content\":\"x\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\u0001\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\x\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},]}",
                "{\"messages\":[{\"role\":\"user\" \"content\":\"Hello\"}]}"
            })
    void invalidBodiesAreRejectedLikeByTheTreeParser(String body) {
        assertThat(PlainMessages.read(utf8(body)))
                .isEqualTo(Json.readFromClient(utf8(body)))
                .isNull();
    }

    @Test
    void moreTokensThanTheTreeParserAcceptsAreRejected() {
        var body = utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stop\":[0%s]}"
                .formatted(",0".repeat(199_990)));
        assertThat(PlainMessages.read(body))
                .isEqualTo(Json.readFromClient(body))
                .isNull();
    }

    @Test
    void truncatedBodiesAreRejectedLikeByTheTreeParser() {
        var body = utf8("{\"a\":1,\"messages\":[{\"content\":\"こんにちは\",\"role\":\"user\"}]}");
        for (int length = 0; length < body.length; length++) {
            var cut = Arrays.copyOf(body, length);
            assertThat(PlainMessages.read(cut)).as("%d bytes", length).isEqualTo(Json.readFromClient(cut));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0A0", "F5808080", "EDA080", "80", "E380", "F08080AF"})
    void invalidUtf8IsNeverForwarded(String hex) {
        var invalid = HexFormat.of().parseHex(hex);
        var body = new ByteArrayOutputStream();
        body.writeBytes(utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"a"));
        body.writeBytes(invalid);
        body.writeBytes(utf8("\"}]}"));
        var read = PlainMessages.read(body.toByteArray());
        assertThat(read).isEqualTo(Json.readFromClient(body.toByteArray()));
    }

    @Test
    void quirksThatConcernRolesAndStringsAreApplied() {
        var body = utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        for (var fields : List.of(
                new Quirks.Fields(Set.of(), Set.of(), Map.of("messages", "turns"), Set.of()),
                new Quirks.Fields(Set.of("messages.role"), Set.of(), Map.of(), Set.of()))) {
            var quirks = Quirks.NONE.fields(fields);
            assertThat(forwarded(PlainMessages.read(body), quirks, Refusals.NONE))
                    .isEqualTo(forwarded(Json.readFromClient(body), quirks, Refusals.NONE));
        }
    }

    @Test
    void invalidUtf8AndOtherEncodingsAreReadAsElsewhere() {
        var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello é\"}]}";
        var broken = body.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(PlainMessages.read(broken)).isEqualTo(Json.readFromClient(broken));
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_32LE)) {
            var bytes = body.getBytes(charset);
            assertThat(PlainMessages.read(bytes)).isEqualTo(Json.readFromClient(bytes));
        }
        var marked = utf8("\uFEFF" + body);
        assertThat(PlainMessages.read(marked)).isEqualTo(Json.readFromClient(marked));
    }

    @Test
    void providersGetTheSameAsFromATree() {
        var random = new Random(11);
        int kept = 0;
        for (int i = 0; i < 20_000; i++) {
            var body = body(random);
            var quirks = quirks(random);
            var refused = random.nextInt(4) > 0
                    ? Refusals.NONE
                    : new Refusals(
                            Set.of(List.of("temperature", Refusals.SAME_ROLE, Refusals.LATE_SYSTEM, Refusals.MEDIA)
                                    .get(random.nextInt(4))));
            kept += isKept(body) ? 1 : 0;
            assertThat(forwarded(PlainMessages.read(utf8(body)), quirks, refused))
                    .as(body)
                    .isEqualTo(forwarded(Json.readFromClient(utf8(body)), quirks, refused));
        }
        assertThat(kept).isBetween(4_000, 16_000);
    }

    @Test
    void damagedBodiesAreReadLikeByTheTreeParser() {
        var random = new Random(12);
        var bytes = "\"\\{}[]:, \n\tu\u0000\u001fd8\u00e9\u2003".getBytes(StandardCharsets.UTF_8);
        int valid = 0;
        for (int i = 0; i < 50_000; i++) {
            var body = utf8(body(random));
            for (int damages = 1 + random.nextInt(2); damages > 0; damages--) {
                body[random.nextInt(body.length)] = bytes[random.nextInt(bytes.length)];
            }
            var tree = Json.readFromClient(body);
            valid += tree == null ? 0 : 1;
            assertThat(forwarded(PlainMessages.read(body), Quirks.NONE, Refusals.NONE))
                    .as(new String(body, StandardCharsets.ISO_8859_1))
                    .isEqualTo(forwarded(tree, Quirks.NONE, Refusals.NONE));
        }
        assertThat(valid).isBetween(5_000, 45_000);
    }

    private static Quirks quirks(Random random) {
        var fields =
                new Quirks.Fields(Set.of("messages.name", "user"), Set.of(), Map.of("seed", "random_seed"), Set.of());
        return switch (random.nextInt(5)) {
            case 0 -> Quirks.NONE.fields(fields);
            case 1 -> Quirks.NONE.with(Quirk.STRICT_TURNS);
            case 2 -> Quirks.NONE.with(Quirk.PLAIN_CONTENT).with(Quirk.ASSISTANT_AFTER_TOOLS);
            case 3 -> Quirks.NONE.with(Quirk.SHORT_CALL_IDS).bound("max_completion_tokens", 10);
            default -> Quirks.NONE;
        };
    }

    private static String body(Random random) {
        var messages = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> message(random))
                .collect(Collectors.joining(random.nextBoolean() ? "," : " , ", "[", "]"));
        var fields =
                List.of("\"stream\":true", "\"temperature\":0.7", "\"user\":\"u\"", "\"seed\":1", "\"max_tokens\":5");
        var before = random.nextBoolean() ? fields.get(random.nextInt(2)) + "," : "";
        var behind = random.nextBoolean() ? "," + fields.get(2 + random.nextInt(3)) : "";
        return "{" + before + "\"messages\":" + messages + behind + "}";
    }

    private static String message(Random random) {
        var role = List.of("user", "user", "user", "assistant", "system", "developer", "tool")
                .get(random.nextInt(random.nextInt(8) == 0 ? 7 : 5));
        var text = random.nextInt(3) > 0 ? "Hello " + random.nextInt() : TEXTS.get(random.nextInt(TEXTS.size()));
        var more = random.nextInt(12) == 0 ? ",\"name\":\"n\"" : "";
        return random.nextBoolean()
                ? "{\"role\":\"%s\",\"content\":\"%s\"%s}".formatted(role, text, more)
                : "{\"content\": \"%s\", \"role\": \"%s\"%s}".formatted(text, role, more);
    }

    private static byte[] written(JsonNode request) {
        var bytes = new ByteArrayOutputStream();
        for (var piece : PlainMessages.write(request)) {
            bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
        return bytes.toByteArray();
    }
}
