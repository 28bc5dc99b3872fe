package dev.nuxari.server.findings;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.findings.Finding.Kind;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Finding.State;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/findings")
class FindingController {
    private final Findings findings;

    FindingController(Findings findings) {
        this.findings = findings;
    }

    record FindingView(
            UUID id,
            Kind kind,
            Severity severity,
            State state,
            String rule,
            String subject,
            Instant firstSeenAt,
            Instant lastSeenAt) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    finding.id(),
                    finding.kind(),
                    finding.severity(),
                    finding.state(),
                    finding.rule(),
                    finding.subject(),
                    finding.firstSeenAt(),
                    finding.lastSeenAt());
        }
    }

    @GetMapping
    PageView<FindingView> listFindings(OrganizationId organization, Caller caller, PageRequest page) {
        return PageView.of(findings.list(organization, caller, page), FindingView::of);
    }
}
