package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What one value may be. None of these is free text, and a value of any has a bounded length. */
public sealed interface ValueType {
    boolean admits(Json value);

    /** Whether nothing of this type can be a piece of what was read on a host: only such types are for summaries. */
    default boolean isForSummaries() {
        return true;
    }

    /** One of these words. */
    record Choice(Set<String> words) implements ValueType {
        public Choice {
            words = Set.copyOf(words);
        }

        public static Choice of(String... words) {
            return new Choice(Set.of(words));
        }

        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text) && words.contains(text);
        }
    }

    /** An integer, both bounds included. */
    record Whole(long least, long most) implements ValueType {
        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Num(double number)
                    && number == Math.rint(number)
                    && number >= least
                    && number <= most;
        }
    }

    private static boolean isSpelled(Pattern form, Json value) {
        return value instanceof Json.Str(String text) && form.matcher(text).matches();
    }

    /** True or false. */
    record Truth() implements ValueType {
        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Bool;
        }
    }

    /** A SHA-256. */
    record Digest() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** The name of an account, a group, a package, a check: never a sentence. */
    record Identifier() implements ValueType {
        public static final int LONGEST = 64;
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@:+-]{0,63}");

        /** Whether a text has this form. */
        public static boolean is(String text) {
            return FORM.matcher(text).matches();
        }

        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text) && is(text);
        }
    }

    /** A time, as all our formats write it. */
    record Moment() implements ValueType {
        private static final int LENGTH = 24;

        /** A time of a year that RFC 3339 can write; others cannot be stored everywhere. */
        static Instant of(Located json, String name) {
            Instant moment = json.instant(name);
            if (json.string(name).length() != LENGTH) {
                throw json.refuse(name, "a year has four digits");
            }
            return moment;
        }

        @Override
        public boolean admits(Json value) {
            if (!(value instanceof Json.Str(String text)) || text.length() != LENGTH) {
                return false;
            }
            try {
                return Json.of(Instant.parse(text)).equals(value);
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /** An absolute path in its one spelling: nothing in it leads upwards or nowhere. For parameters only. */
    record AbsolutePath() implements ValueType {
        private static final int LONGEST = 1024;

        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text) && is(text);
        }

        static boolean is(String text) {
            return text.length() <= LONGEST
                    && text.startsWith("/")
                    && text.chars().allMatch(character -> character >= ' ' && character != 0x7f)
                    && List.of(text.substring(1).split("/", -1)).stream()
                            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        }

        @Override
        public boolean isForSummaries() {
            return false;
        }
    }

    /** The name of an account or a group, as Debian's tools make them. No keyword of sudo is one, nor is an option of a program. */
    record AccountName() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9._-]{0,31}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** The name of a file that sudo reads: it skips those with a dot or a tilde. */
    record SudoersName() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** Where a program is, in letters that mean nothing else to sudo. For parameters only. */
    record ProgramPath() implements ValueType {
        private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}){2,8}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }

        @Override
        public boolean isForSummaries() {
            return false;
        }
    }

    /** The name of a service of systemd. */
    record ServiceName() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[a-z0-9][A-Za-z0-9_.@-]{0,54}\\.service");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** The name of a Debian package. */
    record PackageName() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,63}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** The version of a Debian package. */
    record PackageVersion() implements ValueType {
        private static final Pattern FORM = Pattern.compile("[0-9][A-Za-z0-9.+~:-]{0,63}");

        /** Whether a text has this form. */
        public static boolean is(String text) {
            return FORM.matcher(text).matches();
        }

        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text) && is(text);
        }
    }

    /** The version of a release of the agent. */
    record AgentVersion() implements ValueType {
        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text)
                    && ReleaseVersion.find(text).isPresent();
        }
    }

    /** The fingerprint of an SSH key, as {@code ssh-keygen -l} shows it. */
    record SshFingerprint() implements ValueType {
        private static final Pattern FORM = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

        @Override
        public boolean admits(Json value) {
            return isSpelled(FORM, value);
        }
    }

    /** An OpenSSH public key, algorithm and key, without options and comment. For parameters only. */
    record SshPublicKey() implements ValueType {
        @Override
        public boolean admits(Json value) {
            return value instanceof Json.Str(String text) && SshKey.parse(text).isPresent();
        }

        @Override
        public boolean isForSummaries() {
            return false;
        }
    }
}
