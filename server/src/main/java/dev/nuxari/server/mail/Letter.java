package dev.nuxari.server.mail;

import java.util.regex.Pattern;

/**
 * One mail.
 *
 * @param subject a constant of ours
 * @param text for readers without HTML, {@code html} for the others; both say the same
 */
public record Letter(Address to, Subject subject, String text, String html) {
    /** An address with nothing in it that could end a header or begin another one. */
    public record Address(String text) {
        private static final Pattern FORM = Pattern.compile(
                "(?=.{3,254}$)[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*@[a-z0-9][a-z0-9.-]*");

        public Address {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("is no plain e-mail address");
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What mails are about. A list, so that no text of anybody gets into a header. */
    public enum Subject {
        INVITATION("You are invited to Nuxari");

        private final String words;

        Subject(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return "Letter[" + subject + "]";
    }
}
