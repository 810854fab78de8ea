package io.keyswitch.http.callable;

import io.keyswitch.auth.PersonalToken;
import io.keyswitch.auth.PersonalTokens;
import io.keyswitch.core.Failure;
import io.keyswitch.http.callable.CallableFunction.Call;
import java.util.List;
import java.util.Map;

/** The functions for personal tokens: create, list and revoke. */
public final class PersonalTokenFunctions {
    private record Created(String id, String token, String name, String createdAt) {}

    private record Listed(String id, String name, String createdAt) {}

    private final PersonalTokens tokens;

    public PersonalTokenFunctions(PersonalTokens tokens) {
        this.tokens = tokens;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of(
                "createPersonalToken", this::create,
                "listPersonalTokens", this::list,
                "revokePersonalToken", this::revoke);
    }

    private Object create(Call call) {
        var name = call.arguments().text("name");
        if (name.length() > PersonalTokens.MAX_NAME_LENGTH || name.codePoints().anyMatch(Character::isISOControl)) {
            throw Failure.invalidArgument("name must have 1 to %d characters and no control characters."
                    .formatted(PersonalTokens.MAX_NAME_LENGTH));
        }
        var created = tokens.create(call.user(), name);
        var token = created.token();
        return new Created(
                token.id(), created.secret(), token.name(), token.createdAt().toString());
    }

    private Object list(Call call) {
        List<Listed> listed = tokens.list(call.user()).stream()
                .map(PersonalTokenFunctions::listed)
                .toList();
        return Map.of("tokens", listed);
    }

    private static Listed listed(PersonalToken token) {
        return new Listed(token.id(), token.name(), token.createdAt().toString());
    }

    private Object revoke(Call call) {
        tokens.revoke(call.user(), call.arguments().text("id"));
        return Map.of("success", true);
    }
}
