package io.keyswitch.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The error responses of one OpenAI-compatible provider. */
record OpenAiErrors(Vendor vendor) {
    /** The response for a problem. */
    Reply refuse(Problem problem, Key key, String model, String path) {
        return refuse(trouble(problem).about(model, key, path), problem);
    }

    /** The response for a given error. */
    Reply refuse(Trouble trouble) {
        return Reply.json(trouble.status(), headers(), vendor.errors().body(trouble));
    }

    /** The provider's error for a problem, or OpenAI's. */
    Trouble trouble(Problem problem) {
        var own = vendor.troubles().get(problem);
        return own != null ? own : Objects.requireNonNull(Troubles.OPENAI.get(problem));
    }

    private Reply refuse(Trouble trouble, Problem problem) {
        var headers = new HashMap<>(headers());
        if (problem == Problem.RATE_LIMITED) {
            headers.put("Retry-After", String.valueOf(Problem.RETRY_AFTER_SECONDS));
            headers.put("x-ratelimit-remaining-requests", "0");
        }
        return Reply.json(trouble.status(), headers, vendor.errors().body(trouble));
    }

    /** The headers of every response. */
    static Map<String, String> headers() {
        return Map.of(
                "x-request-id", "req_" + Ids.hex(32),
                "x-ratelimit-limit-requests", "500",
                "x-ratelimit-remaining-requests", "499",
                "x-ratelimit-reset-requests", "120ms",
                "x-ratelimit-limit-tokens", "200000",
                "x-ratelimit-remaining-tokens", "199984",
                "x-ratelimit-reset-tokens", "4ms");
    }
}
