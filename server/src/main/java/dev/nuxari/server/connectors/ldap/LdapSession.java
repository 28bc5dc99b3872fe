package dev.nuxari.server.connectors.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.SSLUtil;
import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.ldap.LdapSettings.Tls;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One bound connection. Every failure of the directory leaves it as a {@link ConnectorFailure}. */
final class LdapSession implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int PAGE = 500;

    private final LdapSettings settings;
    private final LDAPConnection connection;

    private LdapSession(LdapSettings settings, LDAPConnection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    static LdapSession open(LdapSettings settings, String bindDn, String password) {
        LDAPConnection connection = connection(settings);
        try {
            connection.connect(settings.host(), settings.port(), Math.toIntExact(CONNECT.toMillis()));
            if (settings.tls() == Tls.STARTTLS) {
                startTls(connection);
            }
            connection.bind(bindDn, password);
            return new LdapSession(settings, connection);
        } catch (LDAPException e) {
            connection.close();
            throw failure(settings, e);
        } catch (GeneralSecurityException e) {
            connection.close();
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /** One entry, if it exists. */
    Optional<SearchResultEntry> entry(DN name, String... attributes) {
        try {
            return Optional.ofNullable(connection.getEntry(name.toString(), attributes));
        } catch (LDAPException e) {
            throw failure(settings, e);
        }
    }

    /** All entries below a base, in pages (RFC 2696) where the directory can. */
    List<SearchResultEntry> below(DN base, Filter filter, String... attributes) {
        List<SearchResultEntry> entries = new ArrayList<>();
        ASN1OctetString cookie = null;
        try {
            do {
                var request = new SearchRequest(base.toString(), SearchScope.SUB, filter, attributes);
                request.addControl(new SimplePagedResultsControl(PAGE, cookie, false));
                SearchResult result = connection.search(request);
                entries.addAll(result.getSearchEntries());
                SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
                cookie = page != null && page.moreResultsToReturn() ? page.getCookie() : null;
            } while (cookie != null);
        } catch (LDAPException e) {
            throw failure(settings, e);
        }
        return entries;
    }

    /** Whether an entry's attribute has a value, compared as the attribute's syntax demands. */
    boolean compares(DN name, String attribute, String value) {
        try {
            return connection.compare(name.toString(), attribute, value).compareMatched();
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return false;
            }
            throw failure(settings, e);
        }
    }

    /** Changes an entry. Answers false if the directory says that it is so already. */
    boolean modify(DN name, Modification... modifications) {
        try {
            connection.modify(name.toString(), List.of(modifications));
            return true;
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)
                    || e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return false;
            }
            throw failure(settings, e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private static LDAPConnection connection(LdapSettings settings) {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(CONNECT.toMillis()));
        options.setResponseTimeoutMillis(ANSWER.toMillis());
        options.setFollowReferrals(false);
        try {
            return settings.tls() == Tls.LDAPS
                    ? new LDAPConnection(new SSLUtil().createSSLSocketFactory(), options)
                    : new LDAPConnection(options);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    private static void startTls(LDAPConnection connection) throws LDAPException, GeneralSecurityException {
        ExtendedResult result =
                connection.processExtendedOperation(new StartTLSExtendedRequest(new SSLUtil().createSSLContext()));
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result.getResultCode(), "the directory does not offer StartTLS");
        }
    }

    private static ConnectorFailure failure(LdapSettings settings, LDAPException e) {
        String what = settings.address() + " answered: " + e.getResultCode().getName();
        return switch (e.getResultCode().intValue()) {
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE,
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE,
                    ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE,
                    ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE,
                    ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE ->
                ConnectorFailure.refused(what + "; check the credential and what it may do", e);
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE,
                    ResultCode.INVALID_DN_SYNTAX_INT_VALUE,
                    ResultCode.UNDEFINED_ATTRIBUTE_TYPE_INT_VALUE,
                    ResultCode.INVALID_ATTRIBUTE_SYNTAX_INT_VALUE,
                    ResultCode.OBJECT_CLASS_VIOLATION_INT_VALUE,
                    ResultCode.NAMING_VIOLATION_INT_VALUE ->
                ConnectorFailure.misconfigured(what + "; check the settings of the connector");
            default -> ConnectorFailure.unavailable("the directory at " + what, e);
        };
    }
}
