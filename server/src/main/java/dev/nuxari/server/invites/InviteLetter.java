package dev.nuxari.server.invites;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Letters;
import dev.nuxari.server.mail.Letter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** The words of the mail. */
final class InviteLetter {
    private static final int LONGEST_NAME = 80;
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private InviteLetter() {}

    /**
     * @param organization what the organization is called, {@code inviter} who invites: words of people, shown without what
     *     cannot be seen, and short
     */
    static Letter of(Invite invite, String organization, String inviter, String link) {
        return new Letter(
                new Letter.Address(invite.email().canonical()),
                Letter.Subject.INVITATION,
                text(shown(organization), shown(inviter), invite, link),
                html(shown(organization), shown(inviter), invite, link));
    }

    private static String text(String organization, String inviter, Invite invite, String link) {
        return """
                Hello,

                %s invites you to become a member of %s at Nuxari, as %s.

                To accept, open this link:

                %s

                It can be used once, until %s, with an account that has this e-mail address.
                If you do not know what this is about, do nothing.
                """.formatted(inviter, organization, Spelling.of(invite.role()), link, until(invite.expiresAt()));
    }

    private static String html(String organization, String inviter, Invite invite, String link) {
        return """
                <!doctype html>
                <html lang="en">
                <body>
                <p>Hello,</p>
                <p>%s invites you to become a member of <strong>%s</strong> at Nuxari, as %s.</p>
                <p><a href="%s">Accept the invitation</a></p>
                <p>The link can be used once, until %s, with an account that has this e-mail address.
                If you do not know what this is about, do nothing.</p>
                </body>
                </html>
                """.formatted(
                        HtmlUtils.htmlEscape(inviter),
                        HtmlUtils.htmlEscape(organization),
                        Spelling.of(invite.role()),
                        HtmlUtils.htmlEscape(link),
                        until(invite.expiresAt()));
    }

    private static String until(Instant end) {
        return UNTIL.format(end);
    }

    /** On one line, without characters that cannot be seen, and no longer than a name. */
    static String shown(String name) {
        String visible = name.codePoints()
                .map(letter -> Letters.isVisible(letter) ? letter : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return Letters.shortened(visible, LONGEST_NAME);
    }
}
