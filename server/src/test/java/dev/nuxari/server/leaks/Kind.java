package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Random;

/** What a canary looks like, and the text in which people and programs pass it on. */
enum Kind {
    AWS_SECRET_KEY {
        @Override
        Made make(Random random) {
            String secret = Letters.BASE64.word(random, 40);
            String id = "AKIA" + Letters.BASE32.word(random, 16);
            return new Made("aws_access_key_id=%s aws_secret_access_key=%s".formatted(id, secret), secret);
        }
    },
    GITHUB_TOKEN {
        @Override
        Made make(Random random) {
            String body = Letters.BASE62.word(random, 36);
            return new Made("ghp_" + body, body);
        }
    },
    JWT {
        @Override
        Made make(Random random) {
            String payload = "{\"sub\":\"%s\",\"scope\":\"all\"}".formatted(Letters.BASE62.word(random, 30));
            String claims = base64Url(payload);
            String signature = Letters.BASE62.word(random, 43);
            return new Made(base64Url("{\"alg\":\"HS256\"}") + "." + claims + "." + signature, claims, signature);
        }
    },
    PRIVATE_KEY {
        @Override
        Made make(Random random) {
            String first = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0w" + Letters.BASE62.word(random, 24);
            String second = Letters.BASE64.word(random, 64);
            String text = "-----BEGIN PRIVATE KEY-----\n%s\n%s\n-----END PRIVATE KEY-----".formatted(first, second);
            return new Made(text, first.substring(40), second);
        }
    },
    BASIC_AUTH_URL {
        @Override
        Made make(Random random) {
            String password = Letters.password(random);
            return new Made("https://deploy:%s@git.example.org/shop.git".formatted(password), password);
        }
    },
    CONNECTION_STRING {
        @Override
        Made make(Random random) {
            String password = Letters.password(random);
            return new Made(
                    "Server=db.example.org;Database=shop;User Id=sa;Password=%s;".formatted(password), password);
        }
    },
    COMMAND_LINE {
        @Override
        Made make(Random random) {
            String password = Letters.password(random);
            return new Made("mysqldump --user=root --password=%s shop".formatted(password), password);
        }
    },
    /** Made of letters alone, as people choose them. */
    FAILURE {
        @Override
        Made make(Random random) {
            String password = Letters.word(random);
            return new Made("Caused by: java.sql.SQLException: login refused, password: " + password, password);
        }
    },
    WEBHOOK_URL {
        @Override
        Made make(Random random) {
            String secret = Letters.BASE62.word(random, 24);
            String text = "https://hooks.slack.com/services/T%s/B%s/%s"
                    .formatted(Letters.BASE32.word(random, 9), Letters.BASE32.word(random, 9), secret);
            return new Made(text, secret);
        }
    },
    BEARER_HEADER {
        @Override
        Made make(Random random) {
            String token = Letters.BASE62.word(random, 43);
            return new Made("Authorization: Bearer " + token, token);
        }
    },
    /** No secret, but an ordinary word: it has to be found wherever the others must not, or nothing was searched. */
    PLAIN_WORD {
        @Override
        Made make(Random random) {
            String word = Letters.word(random);
            return new Made("about " + word, word);
        }
    };

    static final List<Kind> SECRETS =
            List.of(values()).stream().filter(kind -> kind != PLAIN_WORD).toList();

    /** Those that fit where there is one line only. */
    static final List<Kind> ONE_LINE =
            SECRETS.stream().filter(kind -> kind != PRIVATE_KEY).toList();

    /**
     * One canary.
     *
     * @param text what is pushed in
     * @param cores the parts of it that are secret, each of which tells on its own
     */
    record Made(String text, List<String> cores) {
        Made {
            cores = List.copyOf(cores);
        }

        private Made(String text, String... cores) {
            this(text, List.of(cores));
        }
    }

    abstract Made make(Random random);

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private enum Letters {
        BASE32("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        BASE62("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
        BASE64(BASE62.letters + "+/"),
        CONSONANTS("bdfklmnprst"),
        VOWELS("aeiou");

        private final String letters;

        Letters(String letters) {
            this.letters = letters;
        }

        /** Can be spoken. */
        private static String word(Random random) {
            StringBuilder word = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                word.append(CONSONANTS.word(random, 1)).append(VOWELS.word(random, 1));
            }
            return word.toString();
        }

        /** Ends in a digit: of letters alone may be the name of a variable, which stays as it is. */
        private static String password(Random random) {
            return BASE62.word(random, 19) + random.nextInt(10);
        }

        private String word(Random random, int length) {
            StringBuilder word = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                word.append(letters.charAt(random.nextInt(letters.length())));
            }
            return word.toString();
        }
    }
}
