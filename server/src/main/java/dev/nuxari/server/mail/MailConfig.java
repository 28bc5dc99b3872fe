package dev.nuxari.server.mail;

import dev.nuxari.server.mail.Letter.Address;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server that takes the server's mails. Without a host none are sent, and whatever needs one is refused.
 *
 * @param host its name
 * @param port 587 for submission (RFC 6409)
 * @param username who the server is there; without one it does not sign in
 * @param password the password that belongs to the username
 * @param from the sender's address
 * @param protection {@code starttls}, {@code tls} from the first byte, or {@code none}, which is for a server on the same machine
 * @param timeout how long each step may take
 */
@ConfigurationProperties(value = "nuxari.mail", ignoreUnknownFields = false)
record MailConfig(
        @Nullable String host,
        @DefaultValue("587") int port,
        @Nullable String username,
        @Nullable String password,
        @Nullable String from,
        @DefaultValue("starttls") Protection protection,
        @DefaultValue("10s") Duration timeout) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What keeps others from reading along. */
    enum Protection {
        STARTTLS,
        TLS,
        NONE
    }

    MailConfig {
        if (host != null) {
            if (from == null) {
                throw new IllegalArgumentException("nuxari.mail.from is missing");
            }
            checked(from);
        }
        if (username != null && password == null) {
            throw new IllegalArgumentException("nuxari.mail.password is missing");
        }
        if (username != null && protection == Protection.NONE) {
            throw new IllegalArgumentException("nuxari.mail.protection none would send the password in clear");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("nuxari.mail.timeout must be positive and at most " + LONGEST);
        }
    }

    private static void checked(String from) {
        try {
            new Address(from);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("nuxari.mail.from is no e-mail address", e);
        }
    }

    @Override
    public String toString() {
        return "MailConfig[" + host + ":" + port + ", " + protection + ", ***]";
    }
}
