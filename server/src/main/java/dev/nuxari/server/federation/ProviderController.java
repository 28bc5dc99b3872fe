package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.federation.ProviderRuling.Done;
import dev.nuxari.server.federation.ProviderRuling.NotAdded;
import dev.nuxari.server.federation.ProviderRuling.NotReady;
import dev.nuxari.server.federation.ProviderRuling.Stale;
import dev.nuxari.server.federation.ProviderRuling.Unknown;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/identity-providers")
class ProviderController {
    private final IdentityProviders providers;
    private final ProviderReader reader;
    private final FederationConfig config;

    ProviderController(IdentityProviders providers, ProviderReader reader, FederationConfig config) {
        this.providers = providers;
        this.reader = reader;
        this.config = config;
    }

    /** Nothing can be said about it yet. */
    record NewProviderCheck() {}

    /** Nothing can be said about it yet. */
    record NewProviderRemoval() {}

    record GroupRoleView(String group, Role role) {}

    /** A certificate that signatures of a SAML provider are verified with, by its SHA-256. */
    record CertificateView(String fingerprint, Instant notAfter) {}

    /**
     * @param redirectUri where the provider sends people back to: the redirect URI of an OpenID Connect client, the assertion
     *     consumer service of SAML
     * @param entityId what the broker calls itself in SAML
     * @param metadataUrl where the broker's own SAML metadata is
     */
    record AtTheProvider(String redirectUri, String entityId, String metadataUrl) {}

    /**
     * How it went when the metadata at its address was read last.
     *
     * @param failure why it cannot be used; what was known before goes on counting
     */
    record ProviderMetadataView(
            Instant readAt,
            @Nullable Instant failingSince,
            @Nullable Finding failure) {}

    record ProviderView(
            ProviderId id,
            String name,
            ProviderState state,
            Preset preset,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String metadataUrl,
            @Nullable String emailAttribute,
            boolean hasSecret,
            Role defaultRole,
            Role ceiling,
            String groupsClaim,
            List<GroupRoleView> groups,
            List<CertificateView> certificates,
            @Nullable ProviderMetadataView metadata,
            AtTheProvider atTheProvider,
            Instant createdAt,
            int version) {}

    record ProviderFindingView(Finding finding, boolean inTheWay) {}

    record ProviderCheckView(boolean good, List<ProviderFindingView> findings) {
        static ProviderCheckView of(Diagnosis diagnosis) {
            return new ProviderCheckView(
                    diagnosis.isGood(),
                    diagnosis.findings().stream()
                            .map(one -> new ProviderFindingView(one, one.isInTheWay()))
                            .toList());
        }
    }

    @GetMapping
    PageView<ProviderView> listIdentityProviders(OrganizationId organization, Caller caller, PageRequest page) {
        return PageView.of(providers.list(organization, caller, page), provider -> view(organization, provider));
    }

    @GetMapping("/{id}")
    ResponseEntity<ProviderView> showIdentityProvider(
            OrganizationId organization, Caller caller, @PathVariable ProviderId id) {
        return answer(organization, providers.find(organization, caller, id).orElseThrow(() -> unknown(id)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ProviderView addIdentityProvider(OrganizationId organization, Caller caller, @RequestBody NewProvider wanted) {
        return switch (providers.add(organization, caller, reader.read(wanted))) {
            case Done(IdentityProvider provider) -> view(organization, provider);
            case NotAdded _, Stale _, NotReady _, Unknown _ ->
                throw new ProblemException(
                        ProviderProblem.IDENTITY_PROVIDER_NOT_ADDED,
                        "An organization has ten identity providers at most, each with a name of its own.");
        };
    }

    @PutMapping("/{id}")
    ResponseEntity<ProviderView> changeIdentityProvider(
            OrganizationId organization,
            Caller caller,
            @PathVariable ProviderId id,
            Version version,
            @RequestBody NewProvider wanted) {
        ProviderDraft draft = reader.read(wanted);
        return switch (providers.change(organization, caller, id, version.value(), draft)) {
            case Done(IdentityProvider provider) -> answer(organization, provider);
            case Stale(int current) -> throw version.stale(current);
            case NotReady(List<Finding> findings) -> throw notReady(findings);
            case NotAdded _, Unknown _ -> throw unknown(id);
        };
    }

    @PostMapping("/{id}/checks")
    @ResponseStatus(HttpStatus.CREATED)
    ProviderCheckView checkIdentityProvider(
            OrganizationId organization,
            Caller caller,
            @PathVariable ProviderId id,
            @RequestBody(required = false) @Nullable NewProviderCheck nothing) {
        return ProviderCheckView.of(providers.check(organization, caller, id).orElseThrow(() -> unknown(id)));
    }

    @PostMapping("/{id}/removals")
    @ResponseStatus(HttpStatus.CREATED)
    ProviderView removeIdentityProvider(
            OrganizationId organization,
            Caller caller,
            @PathVariable ProviderId id,
            @RequestBody(required = false) @Nullable NewProviderRemoval nothing) {
        return view(organization, providers.remove(organization, caller, id).orElseThrow(() -> unknown(id)));
    }

    private ResponseEntity<ProviderView> answer(OrganizationId organization, IdentityProvider provider) {
        return ResponseEntity.ok().eTag(new Version(provider.version()).eTag()).body(view(organization, provider));
    }

    private ProviderView view(OrganizationId organization, IdentityProvider provider) {
        Source source = provider.source();
        return new ProviderView(
                provider.id(),
                provider.name(),
                provider.state(),
                provider.preset(),
                source instanceof Source.Discovery discovery
                        ? discovery.issuer().toString()
                        : null,
                source instanceof Source.Discovery discovery ? discovery.clientId() : null,
                source instanceof Source.MetadataAddress metadata
                        ? metadata.address().toString()
                        : null,
                switch (source) {
                    case Source.Discovery _ -> null;
                    case Source.MetadataAddress metadata -> metadata.emailAttribute();
                    case Source.MetadataText metadata -> metadata.emailAttribute();
                },
                provider.hasSecret(),
                provider.enrolment().defaultRole(),
                provider.enrolment().ceiling(),
                provider.enrolment().groupsClaim(),
                provider.enrolment().rules().stream()
                        .map(rule -> new GroupRoleView(rule.group(), rule.role()))
                        .toList(),
                certificates(provider),
                metadata(provider.reading()),
                atTheProvider(organization, provider.id()),
                provider.createdAt(),
                provider.version());
    }

    private static List<CertificateView> certificates(IdentityProvider provider) {
        return provider.connection() instanceof Connection.Saml saml
                ? saml.certificates().stream()
                        .map(one -> new CertificateView(one.fingerprint(), one.notAfter()))
                        .toList()
                : List.of();
    }

    private static @Nullable ProviderMetadataView metadata(@Nullable MetadataReading reading) {
        return reading == null
                ? null
                : new ProviderMetadataView(reading.at(), reading.failingSince(), reading.failure());
    }

    private AtTheProvider atTheProvider(OrganizationId organization, ProviderId id) {
        String endpoint = config.issuer() + "/broker/" + id.alias(organization) + "/endpoint";
        return new AtTheProvider(endpoint, config.issuer().toString(), endpoint + "/descriptor");
    }

    private static ProblemException notReady(List<Finding> findings) {
        return new ProblemException(
                ProviderProblem.IDENTITY_PROVIDER_NOT_READY,
                "In the way: " + findings.stream().map(Spelling::of).collect(Collectors.joining(", ")) + ".");
    }

    private static ProblemException unknown(ProviderId id) {
        return new ProblemException(
                ProviderProblem.NO_SUCH_IDENTITY_PROVIDER, "There is no identity provider " + id + ".");
    }
}
