package io.keyswitch.doctor;

import io.keyswitch.provider.Provider;
import io.keyswitch.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Examines whether the providers can be reached, and compares the clock with theirs. Sends no key. */
final class NetworkExam {
    private static final String PROVIDERS = "providers";
    private static final String CLOCK = "clock";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Providers' own clocks and the way back may take as long. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    /** Tokens are refused for a time until then, and accepted for too long. */
    private static final Duration WRONG = Duration.ofMinutes(2);

    private final Settings settings;
    private final Consumer<Finding> report;

    NetworkExam(Settings settings, Consumer<Finding> report) {
        this.settings = settings;
        this.report = report;
    }

    /**
     * The answer of a provider.
     *
     * @param ahead how far this machine's clock is ahead of the provider's; null if it tells no time
     * @param failure why there was no answer; null if there was one
     */
    private record Contact(
            Provider provider,
            @Nullable Duration ahead,
            @Nullable String failure) {}

    void examine() {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var asked = settings.providers().all().stream()
                    .map(provider -> contact(http, provider))
                    .toList();
            var contacts = asked.stream().map(CompletableFuture::join).toList();
            contacts.forEach(this::reachable);
            clock(contacts);
        }
    }

    private static CompletableFuture<Contact> contact(HttpClient http, Provider provider) {
        var url = provider.baseUrl().replace(Provider.ACCOUNT_ID_SLOT, "account");
        var request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET().build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(response -> new Contact(provider, ahead(response), null))
                .exceptionally(failure -> new Contact(provider, null, why(failure)));
    }

    private static @Nullable Duration ahead(HttpResponse<?> response) {
        var date = response.headers().firstValue("Date").orElse("");
        try {
            var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(theirs.toInstant(), Instant.now());
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static String why(Throwable failure) {
        var cause = failure.getCause() instanceof IOException io ? io : failure;
        return cause.getClass().getSimpleName();
    }

    /** An unreachable provider is an error for those who use it; the default one is used by everybody. */
    private void reachable(Contact contact) {
        var name = contact.provider().displayName();
        if (contact.failure() == null) {
            report.accept(Finding.ok(PROVIDERS, name + " can be reached"));
            return;
        }
        boolean standard =
                contact.provider().id().equals(settings.defaultModel().provider());
        report.accept(new Finding(
                PROVIDERS,
                standard ? Finding.Level.FAILED : Finding.Level.WARNING,
                "%s cannot be reached at %s (%s): check the network, the firewall and providers.%s.baseUrl"
                        .formatted(
                                name,
                                contact.provider().baseUrl(),
                                contact.failure(),
                                contact.provider().id())));
    }

    /** Compares with the median, so that one wrong clock elsewhere does not count. */
    private void clock(List<Contact> contacts) {
        var ahead = new ArrayList<Duration>();
        contacts.forEach(contact -> {
            if (contact.ahead() != null) {
                ahead.add(contact.ahead());
            }
        });
        if (ahead.isEmpty()) {
            report.accept(Finding.warning(CLOCK, "The clock could not be compared: no provider told the time"));
            return;
        }
        ahead.sort(null);
        var median = ahead.get(ahead.size() / 2);
        var sentence = "The clock is %d seconds %s that of the providers"
                .formatted(median.abs().toSeconds(), median.isNegative() ? "behind" : "ahead of");
        if (median.abs().compareTo(WRONG) > 0) {
            report.accept(Finding.failed(CLOCK, sentence + ": set it, or sign-in tokens are judged wrongly"));
        } else if (median.abs().compareTo(TOLERATED) > 0) {
            report.accept(Finding.warning(CLOCK, sentence + ": set it, for example by NTP"));
        } else {
            report.accept(Finding.ok(CLOCK, "The clock agrees with that of the providers"));
        }
    }
}
