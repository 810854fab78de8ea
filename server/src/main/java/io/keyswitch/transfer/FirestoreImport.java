package io.keyswitch.transfer;

import io.keyswitch.core.UserId;
import io.keyswitch.modelconfig.ForeignConfigs;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.CommonRecord;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.transfer.FirestoreDocuments.Document;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Imports users' models and keys from Firestore documents {@code users/{uid}/settings/llm} with the fields {@code provider},
 * {@code modelId}, {@code apiKeyEncrypted} or {@code useProjectKey}, and {@code accountId}. Users who have a model already
 * keep it, unless the configs replace it, so that an import can be run again. Blocking; for one file.
 */
public final class FirestoreImport {
    /**
     * What was imported.
     *
     * @param imported the users whose model was stored
     * @param present the users who had one already
     * @param unread the documents that could not be read
     * @param pageMissing whether there are further documents, which the file does not contain
     */
    public record Result(long imported, long present, long unread, boolean pageMissing) {
        public boolean isComplete() {
            return unread == 0 && !pageMissing;
        }
    }

    /** A document that cannot be imported. The message says why, and contains no key. */
    private static final class UnreadException extends RuntimeException {
        UnreadException(String why) {
            super(why, null, false, false);
        }
    }

    private final String project;
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final MasterKeys masterKeys;
    private final ForeignConfigs configs;
    private final Consumer<String> report;
    private long imported;
    private long present;
    private long unread;

    /**
     * Creates an import.
     *
     * @param project the ID of the Firebase project whose users they are
     * @param masterKeys the first encrypts; any may have encrypted the keys in the file
     * @param report receives a sentence for each document that cannot be read
     */
    public FirestoreImport(
            String project,
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            MasterKeys masterKeys,
            ForeignConfigs configs,
            Consumer<String> report) {
        this.project = project;
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.masterKeys = masterKeys;
        this.configs = configs;
        this.report = report;
    }

    /** Imports a file. */
    public Result run(BufferedReader file, LongConsumer progress) throws IOException {
        boolean pageMissing = FirestoreDocuments.read(file, (place, document) -> {
            take(place, document);
            progress.accept(imported + present + unread);
        });
        return new Result(imported, present, unread, pageMissing);
    }

    private void take(String place, @Nullable Document document) {
        try {
            if (document == null) {
                throw new UnreadException("it is not JSON");
            }
            if (store(document)) {
                imported++;
            } else {
                present++;
            }
        } catch (UnreadException | UnreadableKeyException e) {
            unread++;
            var whose = document == null || document.user() == null ? "" : " (user " + document.user() + ")";
            report.accept("%s%s: %s".formatted(place, whose, e.getMessage()));
        }
    }

    private boolean store(Document document) {
        if (document.user() == null) {
            throw new UnreadException(
                    "it does not say whose it is: it needs a name or path users/{uid}/settings/llm, or a uid");
        }
        var user = user(document.user());
        var provider = provider(document);
        var model = model(document);
        if (document.flag("useProjectKey")) {
            if (!projectKeys.covers(provider)) {
                throw new UnreadException(
                        "it uses the project key for %s, which is not set".formatted(provider.displayName()));
            }
            return configs.storeOnProjectKey(user, provider, model);
        }
        var record = document.text("apiKeyEncrypted");
        if (record == null) {
            throw new UnreadException("it has neither apiKeyEncrypted nor useProjectKey");
        }
        return configs.storeOnOwnKey(user, provider, model, accountId(document, provider), key(record));
    }

    private ApiKey key(String record) {
        return CommonRecord.open(masterKeys, record);
    }

    private UserId user(String uid) {
        try {
            return new UserId("firebase/" + project + "/" + uid);
        } catch (IllegalArgumentException _) {
            throw new UnreadException("its user ID is not valid");
        }
    }

    private Provider provider(Document document) {
        var name = document.text("provider");
        if (name == null) {
            throw new UnreadException("it has no provider");
        }
        var provider = ProviderId.isValid(name.toLowerCase(Locale.ROOT))
                ? providers.find(new ProviderId(name.toLowerCase(Locale.ROOT)))
                : null;
        if (provider == null) {
            throw new UnreadException(
                    "there is no provider \"%s\": add it to the settings, or correct the document".formatted(name));
        }
        return provider;
    }

    private static ModelId model(Document document) {
        var model = document.text("modelId");
        if (model == null || !ModelId.isValid(model)) {
            throw new UnreadException("it has no valid modelId");
        }
        return new ModelId(model);
    }

    private static @Nullable String accountId(Document document, Provider provider) {
        var rule = provider.accountId();
        if (rule == null) {
            return null;
        }
        var account = document.text("accountId");
        if (account == null || !rule.accepts(account)) {
            throw new UnreadException("it has no valid accountId, which %s needs".formatted(provider.displayName()));
        }
        return account;
    }
}
