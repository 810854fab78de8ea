package io.keyswitch.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose rows are moved. All have a user_id; the others hold keys that wait for an answer for minutes, and what
 * belongs to the processes of one database.
 */
enum StoredTable {
    THREAD("user_id, thread_id"),
    MESSAGE("user_id, thread_id, seq"),
    API_KEY("user_id, provider, name"),
    MODEL_CONFIG("user_id, thread_id"),
    EARLIER_MODEL_CONFIG("user_id, thread_id, seq"),
    MODEL_CONFIG_REVISION("user_id"),
    MODEL_CHANGE("user_id, thread_id"),
    PERSONAL_TOKEN("user_id, token_digest"),
    DAILY_USE("user_id, kind"),
    AUDIT_EVENT("user_id, at, event_id");

    /** Those that say what a user has now; the audit log only says what was. */
    static final List<StoredTable> OF_NOW =
            Arrays.stream(values()).filter(table -> table != AUDIT_EVENT).toList();

    private final String order;

    StoredTable(String order) {
        this.order = order;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns to sort by. */
    String order() {
        return order;
    }

    /** The table with a name; null if there is none. */
    static @Nullable StoredTable of(String word) {
        return Arrays.stream(values())
                .filter(table -> table.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
