package io.keyswitch.http.callable;

import io.keyswitch.account.AccountDeletion;
import io.keyswitch.core.Failure;
import io.keyswitch.http.callable.CallableFunction.Call;
import java.util.Map;

/** The function that deletes everything of its caller. */
public final class AccountFunctions {
    private final AccountDeletion deletion;

    public AccountFunctions(AccountDeletion deletion) {
        this.deletion = deletion;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of("deleteUserData", this::delete);
    }

    private Object delete(Call call) {
        if (!call.arguments().flag("confirm")) {
            throw Failure.invalidArgument(
                    "confirm must be true: all keys, models, tokens and threads of the user are deleted, for good.");
        }
        deletion.delete(call.user());
        return Map.of("success", true);
    }
}
