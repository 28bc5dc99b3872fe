package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.access.Assignment.Drift;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.connectors.Connectors;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class AssignmentController {
    private final Books books;
    private final Connectors connectors;

    AssignmentController(Books books, Connectors connectors) {
        this.books = books;
        this.connectors = connectors;
    }

    record AssignmentView(
            AccountId accountId,
            String accountName,
            EntitlementId entitlementId,
            String entitlementName,
            ConnectorId connectorId,
            String connectorName,
            boolean approved,
            boolean observed,
            Drift drift,
            Instant since) {
        static AssignmentView of(Assignment assignment, Map<ConnectorId, String> names) {
            return new AssignmentView(
                    assignment.account(),
                    assignment.accountName(),
                    assignment.entitlement(),
                    assignment.entitlementName(),
                    assignment.connector(),
                    names.getOrDefault(assignment.connector(), ""),
                    assignment.approved(),
                    assignment.observed(),
                    assignment.drift(),
                    assignment.since());
        }
    }

    record SummaryView(ConnectorId connectorId, int accounts, int entitlements, int approved, int observed, int drift) {
        static SummaryView of(ConnectorSummary summary) {
            return new SummaryView(
                    summary.connector(),
                    summary.accounts(),
                    summary.entitlements(),
                    summary.approved(),
                    summary.observed(),
                    summary.drift());
        }
    }

    @GetMapping("/assignments")
    PageView<AssignmentView> listAssignments(
            OrganizationId organization,
            @RequestParam(defaultValue = "approved") Book book,
            @RequestParam(required = false) @Nullable ConnectorId connectorId,
            PageRequest page,
            Caller caller) {
        Page<Assignment> found = books.list(organization, caller, book, connectorId, page);
        Map<ConnectorId, String> names = connectors.names(organization, caller);
        return PageView.of(found, assignment -> AssignmentView.of(assignment, names));
    }

    /** As many as there are systems: a list without pages. */
    @GetMapping("/connector-summaries")
    PageView<SummaryView> listConnectorSummaries(OrganizationId organization, Caller caller) {
        List<ConnectorSummary> found = books.summaries(organization, caller);
        return new PageView<>(found.stream().map(SummaryView::of).toList(), null);
    }
}
