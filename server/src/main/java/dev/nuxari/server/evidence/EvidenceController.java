package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.evidence.Evidence.Opened;
import dev.nuxari.server.evidence.Evidence.Sealed;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/evidence-packages")
class EvidenceController {
    private final Evidence evidence;
    private final EvidenceExports exports;

    EvidenceController(Evidence evidence, EvidenceExports exports) {
        this.evidence = evidence;
        this.exports = exports;
    }

    record PackageView(
            UUID id,
            UUID workflowId,
            EvidenceHeader.Outcome outcome,
            Instant sealedAt,
            String merkleRoot,
            PlanHash planHash,
            long logIndex,
            int records) {
        static PackageView of(Sealed sealed) {
            return new PackageView(
                    sealed.id(),
                    sealed.workflow(),
                    sealed.outcome(),
                    sealed.sealedAt(),
                    sealed.merkleRoot(),
                    sealed.planHash(),
                    sealed.logIndex(),
                    sealed.records());
        }
    }

    record OpenedView(
            UUID id,
            UUID workflowId,
            EvidenceHeader.Outcome outcome,
            Json scope,
            Instant sealedAt,
            String merkleRoot,
            PlanHash planHash,
            long logIndex,
            List<Json> records,
            List<Json> signatures) {
        static OpenedView of(Opened opened) {
            Sealed sealed = opened.sealed();
            Json.Obj document = opened.document().json();
            return new OpenedView(
                    sealed.id(),
                    sealed.workflow(),
                    sealed.outcome(),
                    document.object("scope"),
                    sealed.sealedAt(),
                    sealed.merkleRoot(),
                    sealed.planHash(),
                    sealed.logIndex(),
                    document.array("records"),
                    document.array("signatures"));
        }
    }

    @GetMapping
    PageView<PackageView> listEvidencePackages(OrganizationId organization, Caller caller, PageRequest page) {
        return PageView.of(evidence.list(organization, caller, page), PackageView::of);
    }

    @GetMapping("/{id}")
    OpenedView showEvidencePackage(OrganizationId organization, Caller caller, @PathVariable UUID id) {
        return evidence.find(organization, caller, id).map(OpenedView::of).orElseThrow(() -> unknown(id));
    }

    /** The package's exact bytes, because what is saved is what verifies; or what is made from them for others. */
    @GetMapping("/{id}/export")
    ResponseEntity<byte[]> exportEvidencePackage(
            OrganizationId organization,
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable ExportFormat format) {
        ExportFormat wanted = format == null ? ExportFormat.JSON : format;
        byte[] file = exports.export(organization, caller, id, wanted).orElseThrow(() -> unknown(id));
        var name = ContentDisposition.attachment().filename(wanted.fileName(id)).build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(wanted.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(file);
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(
                EvidenceProblem.NO_SUCH_EVIDENCE_PACKAGE, "There is no evidence package " + id + ".");
    }
}
