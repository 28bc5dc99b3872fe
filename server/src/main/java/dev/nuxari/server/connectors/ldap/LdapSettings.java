package dev.nuxari.server.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.Settings;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Where the directory is, and what of it is governed.
 *
 * @param people below it are the accounts ({@code inetOrgPerson})
 * @param groups below it are the entitlements ({@code groupOfNames})
 * @param disabledAttribute the attribute by which this directory refuses a bind, and its value when it does
 * @param placeholder takes the place of the last member, because a {@code groupOfNames} has at least one (RFC 4519)
 */
record LdapSettings(
        String host,
        int port,
        Tls tls,
        DN people,
        DN groups,
        String disabledAttribute,
        String disabledValue,
        DN placeholder) {
    private static final Set<String> NAMES = Set.of(
            "host",
            "port",
            "tls",
            "peopleBase",
            "groupsBase",
            "disabledAttribute",
            "disabledValue",
            "placeholderMember");

    /** How the connection is protected. */
    enum Tls {
        NONE("none"),
        LDAPS("ldaps"),
        STARTTLS("starttls");

        private final String spelled;

        Tls(String spelled) {
            this.spelled = spelled;
        }
    }

    static LdapSettings of(Settings settings) {
        settings.allowOnly(NAMES);
        return new LdapSettings(
                settings.text("host"),
                settings.port("port"),
                tls(settings.optionalText("tls")),
                dn("peopleBase", settings.text("peopleBase")),
                dn("groupsBase", settings.text("groupsBase")),
                settings.optionalText("disabledAttribute").orElse("nsAccountLock"),
                settings.optionalText("disabledValue").orElse("true"),
                dn(
                        "placeholderMember",
                        settings.optionalText("placeholderMember").orElse("cn=nobody")));
    }

    String address() {
        return host + ":" + port;
    }

    private static Tls tls(Optional<String> spelled) {
        String wanted = spelled.orElse("none");
        return Arrays.stream(Tls.values())
                .filter(tls -> tls.spelled.equals(wanted))
                .findFirst()
                .orElseThrow(() -> ConnectorFailure.misconfigured("the setting tls is none, ldaps or starttls"));
    }

    private static DN dn(String name, String value) {
        try {
            return new DN(value);
        } catch (LDAPException e) {
            throw ConnectorFailure.misconfigured("the setting " + name + " is no distinguished name");
        }
    }
}
