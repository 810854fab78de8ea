package io.keyswitch.llm.wire.gemini;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.util.regex.Pattern;

/** Gemini's generateContent and streamGenerateContent. */
public final class GeminiWire implements WireFormat {
    public static final GeminiWire INSTANCE = new GeminiWire();

    private static final String LISTED_PREFIX = "models/";
    /** The model ID is a path segment of the URL. */
    private static final Pattern PATH_SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private GeminiWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        boolean streaming = !quirks.has(Quirk.NO_STREAMING) && !refused.has(Refusals.STREAM);
        var method = streaming ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return new WireRequest(
                "/models/" + segment(model) + method, GeminiRequest.write(model, request, quirks, refused));
    }

    private static String segment(ModelId model) {
        var id = model.value();
        var name = id.startsWith(LISTED_PREFIX) ? id.substring(LISTED_PREFIX.length()) : id;
        if (!PATH_SEGMENT.matcher(name).matches()) {
            throw new LlmException(LlmFailure.of(Reason.UNKNOWN_MODEL));
        }
        return name;
    }

    @Override
    public String openAiName(String field) {
        return switch (field) {
            case Refusals.MIME_TYPE_WITH_TOOLS -> Refusals.FORMAT_WITH_TOOLS;
            case Refusals.SIGNATURES, "contents" -> "messages";
            default -> field;
        };
    }

    @Override
    public AnswerDecoder decoder() {
        return new GeminiDecoder();
    }
}
