package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.kernel.Json;
import java.net.URI;
import java.util.List;

/** What a started stack says about itself: where it is, and who and what is there. */
public record Ground(URI url, String issuer, List<Organization> organizations) {
    public Ground {
        organizations = List.copyOf(organizations);
    }

    /** One of the demonstration's organizations. */
    public record Organization(String id, String slug, String name, List<Account> accounts, List<Json.Obj> systems) {
        public Organization {
            accounts = List.copyOf(accounts);
            systems = List.copyOf(systems);
        }

        /** The demonstration has one person per role. */
        public Account account(String role) {
            return accounts.stream()
                    .filter(account -> account.role().equals(role))
                    .findFirst()
                    .orElseThrow(() -> new Unreachable("The stack has no account with the role " + role + " in " + slug
                            + ". Was it started with --no-demo?"));
        }
    }

    /** A demonstration account. Its password is in the stack's own file, which only its owner can read. */
    public record Account(String role, String email, String password) {}

    /** Reads {@code stack.json}. */
    public static Ground of(Json.Obj stack) {
        String issuer = Fields.text(stack, "keycloak.url") + "/realms/" + Fields.text(stack, "keycloak.realm");
        return new Ground(
                URI.create(stack.string("url")),
                issuer,
                Fields.objects(stack, "organizations").stream()
                        .map(Ground::organization)
                        .toList());
    }

    private static Organization organization(Json.Obj json) {
        List<Account> accounts = Fields.objects(json, "accounts").stream()
                .map(account ->
                        new Account(account.string("role"), account.string("email"), account.string("password")))
                .toList();
        return new Organization(
                json.string("id"), json.string("slug"), json.string("name"), accounts, Fields.objects(json, "systems"));
    }
}
