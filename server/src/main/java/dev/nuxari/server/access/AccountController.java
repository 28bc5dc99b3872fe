package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.tenancy.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/accounts")
class AccountController {
    private final Catalogue catalogue;

    AccountController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    record AccountView(
            AccountId id,
            ConnectorId connectorId,
            String connectorName,
            String nativeId,
            String displayName,
            @Nullable String email,
            Account.State state,
            @Nullable MemberId memberId) {
        static AccountView of(OwnedAccount owned) {
            Account account = owned.account();
            return new AccountView(
                    account.id(),
                    account.connector(),
                    owned.connectorName(),
                    account.nativeId(),
                    account.displayName(),
                    account.email(),
                    account.state(),
                    owned.member());
        }
    }

    /** Whoever may not see other members sees their own accounts only. */
    // Each query parameter has a name and a default of its own.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @GetMapping
    PageView<AccountView> listAccounts(
            OrganizationId organization,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable ConnectorId connectorId,
            @RequestParam(defaultValue = "false") boolean mine,
            PageRequest page,
            Caller caller) {
        var filter = new AccountFilter(query, connectorId, mine || !caller.may(Permission.MEMBERS_READ));
        return PageView.of(catalogue.accounts(organization, caller, filter, page), AccountView::of);
    }
}
