package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.CompletionListener;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.telemetry.HourlyLog;
import org.slf4j.LoggerFactory;

/** Warns the operator, once an hour and provider, of a project key that the provider refuses. Never blocks; thread-safe. */
public final class ProjectKeyWarnings implements CompletionListener {
    private final ProjectKeys projectKeys;
    private final HourlyLog<ProviderId> log = new HourlyLog<>(LoggerFactory.getLogger(ProjectKeyWarnings.class));

    public ProjectKeyWarnings(ProjectKeys projectKeys) {
        this.projectKeys = projectKeys;
    }

    /** Logs a finding if it is a problem. */
    public void report(ProjectKeyFinding finding) {
        if (finding.isProblem()) {
            log.warn(finding.provider().id(), "{}", finding.sentence());
        }
    }

    @Override
    public void answered(Target target) {}

    @Override
    public void failed(Target target, LlmFailure failure) {
        boolean refused = failure.concernsKey() || failure.is(Reason.NO_CREDIT);
        var projectKey = projectKeys.find(target.provider());
        if (refused && projectKey != null && projectKey.equals(target.key())) {
            report(ProjectKeyFinding.of(target.provider(), target.model(), KeyCheck.verdict(failure)));
        }
    }
}
