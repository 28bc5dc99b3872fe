package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.Authentication.OpenSession;
import dev.nuxari.server.identity.MemberController.OrganizationView;
import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Who am I, what may I, and: I am done. */
@RestController
class MeController {
    private final Members members;
    private final Sessions sessions;
    private final Entries entries;
    private final Cookies cookies;
    private final OidcConfig oidc;
    private final PublicAddress address;

    MeController(
            Members members,
            Sessions sessions,
            Entries entries,
            Cookies cookies,
            OidcConfig oidc,
            PublicAddress address) {
        this.members = members;
        this.sessions = sessions;
        this.entries = entries;
        this.cookies = cookies;
        this.oidc = oidc;
        this.address = address;
    }

    /**
     * What the console needs to draw its first screen.
     *
     * @param csrfToken only for a browser: what its unsafe requests have to carry
     */
    record MeView(
            String subject,
            MemberId memberId,
            String displayName,
            String email,
            @Nullable Role role,
            List<Permission> permissions,
            @Nullable String acr,
            OrganizationView organization,
            List<OrganizationView> organizations,
            @Nullable String csrfToken) {}

    /** Where the browser has to go next, so that the broker forgets the sign-in too. */
    record SignedOutView(URI location) {}

    @GetMapping("/api/v1/me")
    MeView showMe(@RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        Caller caller = authentication.caller();
        return new MeView(
                caller.subject(),
                caller.memberId(),
                caller.displayName(),
                caller.email(),
                caller.role().orElse(null),
                caller.role().stream()
                        .flatMap(role -> role.permissions().stream())
                        .sorted(Comparator.comparing(Permission::spelled))
                        .toList(),
                caller.origin().acr(),
                OrganizationView.of(members.organization(caller.organization(), caller)),
                authentication.organizations().stream()
                        .flatMap(organization -> named(organization, authentication).stream())
                        .toList(),
                authentication
                        .openSession()
                        .map(open -> open.secret().csrfToken())
                        .orElse(null));
    }

    /** Each organization is asked with a caller of its own; one that does not let the person in stays unnamed. */
    private Optional<OrganizationView> named(OrganizationId organization, Authentication authentication) {
        Caller caller = authentication.caller();
        return switch (entries.at(
                organization, caller.subject(), caller.origin().ip(), authentication.assurance())) {
            case Entry.Admitted admitted ->
                Optional.of(OrganizationView.of(members.organization(organization, admitted.caller())));
            case Entry.Refused _, Entry.Unknown _ -> Optional.empty();
        };
    }

    @PostMapping("/logout")
    SignedOutView signOut(
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication, HttpServletResponse response) {
        Optional<OpenSession> open = authentication.openSession();
        open.ifPresent(session -> sessions.end(
                authentication.caller().organization(),
                authentication.caller(),
                session.row().id()));
        cookies.clearSession(response);
        return new SignedOutView(UriComponentsBuilder.fromUri(oidc.issuer())
                .path("/protocol/openid-connect/logout")
                .queryParam("client_id", oidc.clientId())
                .queryParam("post_logout_redirect_uri", "{home}")
                .build(address.baseUrl()));
    }
}
