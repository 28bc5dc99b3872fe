package dev.nuxari.server.scim;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.ShownOnce;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.identity.PublicAddress;
import dev.nuxari.server.identity.Ranks;
import dev.nuxari.server.scim.Directories.Issued;
import dev.nuxari.server.scim.Directory.GroupRole;
import dev.nuxari.server.scim.Directory.MatchedBy;
import dev.nuxari.server.scim.Directory.Settings;
import dev.nuxari.server.scim.Directory.State;
import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
@RequestMapping("/api/v1/organizations/{organizationId}/directories")
class DirectoryController {
    private static final int LONGEST = 200;
    private static final int MOST_GROUP_ROLES = 50;
    private static final int MOST_HOURS = 24;

    private final Directories directories;
    private final PublicAddress address;

    DirectoryController(Directories directories, PublicAddress address) {
        this.directories = directories;
        this.address = address;
    }

    /** The members of the group with this display name or external id get this role. */
    record DirectoryRoleView(MatchedBy matchedBy, String value, Role role) {
        DirectoryRoleView {
            matchedBy = InvalidField.required("groupRoles", matchedBy);
            value = InvalidField.text("groupRoles", value, LONGEST);
            role = InvalidField.required("groupRoles", role);
        }
    }

    /** Roles up to the ceiling; the default one is for whoever is in none of the groups. */
    record NewDirectory(
            String name,
            Role defaultRole,
            Role ceiling,
            @Nullable State state,
            @Nullable List<DirectoryRoleView> groupRoles) {
        NewDirectory {
            name = InvalidField.text("name", name, LONGEST);
            defaultRole = InvalidField.required("defaultRole", defaultRole);
            ceiling = InvalidField.required("ceiling", ceiling);
            groupRoles = groupRoles == null ? List.of() : List.copyOf(groupRoles);
            if (ceiling == Role.OWNER) {
                throw new InvalidField("ceiling", "is no role that a directory can give: owners are made by owners");
            }
            mustBeBelow("defaultRole", defaultRole, ceiling);
            mustBeDistinct(groupRoles);
            for (DirectoryRoleView one : groupRoles) {
                mustBeBelow("groupRoles", one.role(), ceiling);
            }
        }

        private static void mustBeBelow(String field, Role role, Role ceiling) {
            if (Ranks.isAbove(role, ceiling)) {
                throw new InvalidField(field, "is above the ceiling");
            }
        }

        private static void mustBeDistinct(List<DirectoryRoleView> groupRoles) {
            Set<String> seen = new HashSet<>();
            if (groupRoles.size() > MOST_GROUP_ROLES) {
                throw new InvalidField("groupRoles", "has more than " + MOST_GROUP_ROLES + " groups");
            }
            for (DirectoryRoleView one : groupRoles) {
                if (!seen.add(one.matchedBy() + "/" + one.value())) {
                    throw new InvalidField("groupRoles", "has a group twice");
                }
            }
        }

        Settings settings() {
            return new Settings(
                    name,
                    defaultRole,
                    ceiling,
                    state == null ? State.ACTIVE : state,
                    groupRoles == null
                            ? List.of()
                            : groupRoles.stream()
                                    .map(one -> new GroupRole(one.matchedBy(), one.value(), one.role()))
                                    .toList());
        }
    }

    /** How many hours the tokens that are there still serve; none if nothing is said, and 24 at most. */
    record NewDirectoryToken(@Nullable Integer overlapHours) {
        NewDirectoryToken {
            if (overlapHours != null && (overlapHours < 0 || overlapHours > MOST_HOURS)) {
                throw new InvalidField("overlapHours", "is a number from 0 to " + MOST_HOURS);
            }
        }

        Duration overlap() {
            return Duration.ofHours(overlapHours == null ? 0 : overlapHours);
        }
    }

    /** Nothing can be said about it yet. */
    record NewTokenRevocation() {}

    /** A token, without what opens anything; when it ends, if that is said already. */
    record DirectoryTokenView(
            DirectoryTokenId id,
            Instant createdAt,
            MemberId createdBy,
            @Nullable Instant endsAt) {
        static DirectoryTokenView of(DirectoryStore.Token token) {
            return new DirectoryTokenView(token.id(), token.createdAt(), token.createdBy(), token.endsAt());
        }
    }

    record DirectoryView(
            DirectoryId id,
            String name,
            State state,
            Role defaultRole,
            Role ceiling,
            List<DirectoryRoleView> groupRoles,
            URI baseUrl,
            Instant createdAt,
            @Nullable Instant lastRequestAt,
            int version) {}

    record DirectoriesView(List<DirectoryView> items) {}

    record DirectoryDetailView(DirectoryView directory, List<DirectoryTokenView> tokens) {}

    /** The token is shown here and never again. */
    record IssuedTokenView(DirectoryTokenId id, String token, URI baseUrl) {}

    @GetMapping
    DirectoriesView listDirectories(OrganizationId organization, Caller caller) {
        return new DirectoriesView(directories.list(organization, caller).stream()
                .map(one -> view(organization, one))
                .toList());
    }

    @GetMapping("/{id}")
    ResponseEntity<DirectoryDetailView> showDirectory(
            OrganizationId organization, Caller caller, @PathVariable DirectoryId id) {
        Directory found = directories.find(organization, caller, id).orElseThrow(() -> unknown(id));
        return ResponseEntity.ok()
                .eTag(new Version(found.version()).eTag())
                .body(new DirectoryDetailView(
                        view(organization, found),
                        directories.tokens(organization, caller, id).stream()
                                .map(DirectoryTokenView::of)
                                .toList()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DirectoryView addDirectory(OrganizationId organization, Caller caller, @RequestBody NewDirectory wanted) {
        return switch (directories.add(organization, caller, wanted.settings())) {
            case DirectoryRuling.Accepted(Directory directory) -> view(organization, directory);
            case DirectoryRuling.Refused(DirectoryProblem why) -> throw new ProblemException(why, advice(why));
            case DirectoryRuling.Stale _ -> throw new IllegalStateException("a new directory has no version before");
        };
    }

    @PutMapping("/{id}")
    ResponseEntity<DirectoryView> changeDirectory(
            OrganizationId organization,
            Caller caller,
            @PathVariable DirectoryId id,
            Version version,
            @RequestBody NewDirectory wanted) {
        return switch (directories.change(organization, caller, id, wanted.settings(), version)) {
            case DirectoryRuling.Accepted(Directory directory) ->
                ResponseEntity.ok()
                        .eTag(new Version(directory.version()).eTag())
                        .body(view(organization, directory));
            case DirectoryRuling.Stale(int current) -> throw version.stale(current);
            case DirectoryRuling.Refused(DirectoryProblem why) -> throw new ProblemException(why, advice(why));
        };
    }

    @PostMapping("/{id}/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    IssuedTokenView issueDirectoryToken(
            OrganizationId organization,
            Caller caller,
            @PathVariable DirectoryId id,
            @RequestBody NewDirectoryToken wanted,
            HttpServletRequest request) {
        return switch (directories.issue(organization, caller, id, wanted.overlap())) {
            case Directories.IssueRuling.Done(Issued issued) -> {
                ShownOnce.mark(request, issued.token().text());
                yield new IssuedTokenView(issued.id(), issued.token().text(), baseUrl(organization));
            }
            case Directories.IssueRuling.NotDone(DirectoryProblem why) -> throw new ProblemException(why, advice(why));
        };
    }

    @PostMapping("/{id}/tokens/{tokenId}/revocations")
    @ResponseStatus(HttpStatus.CREATED)
    DirectoryDetailView revokeDirectoryToken(
            OrganizationId organization,
            Caller caller,
            @PathVariable DirectoryId id,
            @PathVariable DirectoryTokenId tokenId,
            @RequestBody(required = false) @Nullable NewTokenRevocation nothing) {
        if (!directories.revoke(organization, caller, id, tokenId)) {
            throw new ProblemException(
                    DirectoryProblem.NO_SUCH_DIRECTORY_TOKEN, advice(DirectoryProblem.NO_SUCH_DIRECTORY_TOKEN));
        }
        Directory found = directories.find(organization, caller, id).orElseThrow(() -> unknown(id));
        return new DirectoryDetailView(
                view(organization, found),
                directories.tokens(organization, caller, id).stream()
                        .map(DirectoryTokenView::of)
                        .toList());
    }

    private DirectoryView view(OrganizationId organization, Directory directory) {
        Settings settings = directory.settings();
        return new DirectoryView(
                directory.id(),
                settings.name(),
                settings.state(),
                settings.defaultRole(),
                settings.ceiling(),
                settings.groupRoles().stream()
                        .map(one -> new DirectoryRoleView(one.matchedBy(), one.value(), one.role()))
                        .toList(),
                baseUrl(organization),
                directory.createdAt(),
                directory.lastRequestAt(),
                directory.version());
    }

    private URI baseUrl(OrganizationId organization) {
        return address.baseUrl().resolve(ScimController.PATH + "/" + organization);
    }

    private static String advice(DirectoryProblem problem) {
        return switch (problem) {
            case NO_SUCH_DIRECTORY -> "Look at the list of directories.";
            case NO_SUCH_DIRECTORY_TOKEN -> "Look at the directory's tokens.";
            case TOO_MANY_DIRECTORIES -> "Use one that is there, or change it.";
            case TOO_MANY_DIRECTORY_TOKENS -> "Revoke one that is not needed.";
        };
    }

    private static ProblemException unknown(DirectoryId id) {
        return new ProblemException(DirectoryProblem.NO_SUCH_DIRECTORY, "There is no directory " + id + ".");
    }
}
