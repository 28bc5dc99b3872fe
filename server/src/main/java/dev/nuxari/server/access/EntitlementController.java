package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.approvals.ApprovalPolicy;
import dev.nuxari.server.approvals.Stage;
import dev.nuxari.server.tenancy.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/entitlements")
class EntitlementController {
    private static final int LONGEST_DESCRIPTION = 2000;

    private final Catalogue catalogue;

    EntitlementController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    record EntitlementPatch(@Nullable Risk risk, @Nullable String description) {
        EntitlementPatch {
            if (risk == null && description == null) {
                throw new InvalidField("risk", "or description has to be there");
            }
            if (description != null && description.length() > LONGEST_DESCRIPTION) {
                throw new InvalidField("description", "is longer than " + LONGEST_DESCRIPTION + " characters");
            }
        }
    }

    record EntitlementView(
            EntitlementId id,
            ConnectorId connectorId,
            String connectorName,
            String kind,
            String nativeId,
            String name,
            String description,
            Risk risk,
            int holders,
            boolean held,
            int version,
            List<RequiredStageView> stages) {
        static EntitlementView of(CatalogueEntry entry) {
            Entitlement entitlement = entry.entitlement();
            return new EntitlementView(
                    entitlement.id(),
                    entitlement.connector(),
                    entry.connectorName(),
                    entitlement.kind(),
                    entitlement.nativeId(),
                    entitlement.name(),
                    entitlement.description(),
                    entitlement.risk(),
                    entry.holders(),
                    entry.held(),
                    entitlement.version(),
                    ApprovalPolicy.forRisk(entitlement.risk()).stages().stream()
                            .map(RequiredStageView::of)
                            .toList());
        }
    }

    /** Whom a request to hold it has to convince. */
    record RequiredStageView(String name, int quorum, List<Role> roles) {
        static RequiredStageView of(Stage stage) {
            return new RequiredStageView(
                    stage.name(),
                    stage.quorum(),
                    stage.roles().stream().sorted().toList());
        }
    }

    // Each query parameter has a name and a default of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @GetMapping
    PageView<EntitlementView> listEntitlements(
            OrganizationId organization,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable ConnectorId connectorId,
            @RequestParam(required = false) @Nullable Risk risk,
            PageRequest page,
            Caller caller) {
        var filter = new EntitlementFilter(query, connectorId, risk);
        return PageView.of(catalogue.entitlements(organization, caller, filter, page), EntitlementView::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<EntitlementView> showEntitlement(
            OrganizationId organization, @PathVariable EntitlementId id, Caller caller) {
        return answer(organization, id, caller);
    }

    @PatchMapping("/{id}")
    ResponseEntity<EntitlementView> changeEntitlement(
            OrganizationId organization,
            @PathVariable EntitlementId id,
            Version version,
            @RequestBody EntitlementPatch patch,
            Caller caller) {
        var change = new EntitlementChange(version.value(), patch.risk(), patch.description());
        return switch (catalogue.change(organization, caller, id, change)) {
            case Changed.Accepted(Entitlement changed) -> answer(organization, changed.id(), caller);
            case Changed.Stale(int current) -> throw version.stale(current);
            case Changed.Unknown _ -> throw unknown(id);
        };
    }

    private ResponseEntity<EntitlementView> answer(OrganizationId organization, EntitlementId id, Caller caller) {
        CatalogueEntry entry = catalogue.entry(organization, caller, id).orElseThrow(() -> unknown(id));
        return ResponseEntity.ok()
                .eTag(new Version(entry.entitlement().version()).eTag())
                .body(EntitlementView.of(entry));
    }

    private static ProblemException unknown(EntitlementId id) {
        return new ProblemException(AccessRefusal.NO_SUCH_ENTITLEMENT, "There is no entitlement " + id + ".");
    }
}
