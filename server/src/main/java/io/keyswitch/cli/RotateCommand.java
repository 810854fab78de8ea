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
            var loops = database.read(handle -> CallSignatures.count(handle, vault, InstantSource.system()));
            return report(result, vault.encryptingId(), loops.pending());
        }
    }

    /** @param loops the records that tool loops may need and another master key encrypts */
    private int report(KeyRotation.Result result, String id, long loops) {
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
        CommandOutput.say(spec, "Keys that another master key encrypts: %d.".formatted(result.left()));
        boolean done = result.left() == 0;
        if (done) {
            CommandOutput.say(spec, done(id, loops));
        }
        return done ? KeyswitchCommand.DONE : KeyswitchCommand.FAILED;
    }

    private static String done(String id, long loops) {
        var all = "The master key %s encrypts all of the stored keys".formatted(id);
        return loops == 0
                ? "%s: no other is needed any more. You can remove the others from %s and restart."
                        .formatted(all, SettingsLoader.MASTER_KEY_VARIABLE)
                : ("%s. Another one is needed for %d records of tool loops in progress, for an hour at most: remove the others from %s and"
                                + " restart then.")
                        .formatted(all, loops, SettingsLoader.MASTER_KEY_VARIABLE);
    }
}
