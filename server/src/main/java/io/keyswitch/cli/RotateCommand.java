package io.keyswitch.cli;

import io.keyswitch.modelconfig.KeyRotation;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.toolcall.CallSignatures;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyswitch rotate}: encrypts all stored keys with the first master key. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Encrypts all stored API keys again with the first master key, also while the server runs.",
            "May be interrupted and run again. The server must have the same master keys."
        })
final class RotateCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Only count the keys that would be encrypted again.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = config.load(Purpose.SHOW);
        var vault = new Vault(settings.requireMasterKeys());
        // Looks first: an old release's database is not migrated beside its server.
        long pending =
                ExistingDatabase.read(settings).read(handle -> KeyRotation.pending(handle, vault.encryptingId()));
        if (dryRun) {
            CommandOutput.say(
                    spec,
                    "The master key %s does not encrypt %d of the stored keys yet."
                            .formatted(vault.encryptingId(), pending));
            return KeyswitchCommand.DONE;
        }
        try (var database = ExistingDatabase.open(settings)) {
            var rotation = new KeyRotation(database, settings.providers(), vault);
            var result = rotation.run(new Progress(spec.commandLine().getErr(), pending)::done);
            boolean loops = database.read(handle -> CallSignatures.arePending(handle, vault, InstantSource.system()));
            return report(result, vault.encryptingId(), loops);
        }
    }

    /** @param loops whether tool loops may need what another master key has encrypted */
    private int report(KeyRotation.Result result, String id, boolean loops) {
        CommandOutput.say(spec, "Encrypted %d keys again with the master key %s.".formatted(result.replaced(), id));
        if (result.unreadable() > 0) {
            CommandOutput.say(
                    spec,
                    ("%d keys cannot be decrypted: their records were altered, or their master key is not in %s. Add that key, or have"
                                    + " their users enter them again.")
                            .formatted(result.unreadable(), SettingsLoader.MASTER_KEY_VARIABLE));
        }
        long late = result.left() - result.unreadable();
        if (late > 0) {
            CommandOutput.say(
                    spec,
                    ("%d keys were stored under another master key meanwhile: restart the server with the new key first, then run"
                                    + " this again.")
                            .formatted(late));
        }
        boolean done = result.left() == 0;
        if (done) {
            CommandOutput.say(
                    spec,
                    "The master key %s encrypts all of the stored keys: no other is needed any more. You can remove the others from %s and restart%s."
                            .formatted(
                                    id,
                                    SettingsLoader.MASTER_KEY_VARIABLE,
                                    loops ? ", in an hour, when the tool loops in progress have ended" : ""));
        }
        return done ? KeyswitchCommand.DONE : KeyswitchCommand.FAILED;
    }
}
