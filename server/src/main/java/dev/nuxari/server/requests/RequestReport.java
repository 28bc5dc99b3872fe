package dev.nuxari.server.requests;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.workflow.Workflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what others know of it now.
 *
 * @param names what the people are called that it names
 * @param entitlementRisk the risk of its entitlement as it is now; absent when an account is to be disabled
 * @param run the workflow, unless the caller may not see it
 */
public record RequestReport(
        Request request,
        Map<MemberId, String> names,
        @Nullable Risk entitlementRisk,
        @Nullable Workflow run) {
    public RequestReport {
        names = Map.copyOf(names);
    }
}
