package dev.nuxari.server.redaction;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What single words of a name say. Is asked for stretches of text, without making a string of each. */
final class Vocabulary {
    private static final Set<String> PASSWORDS = Words.list(
            "password passwords passwd passphrase passwort kennwort passcode pass pwd pswd pw psw bindpw rootpw",
            "passw pword contraseña contrasena motdepasse mdp senha пароль 密码 密碼 비밀번호 비번",
            "パスワード");
    private static final Set<String> SECRETS = Words.list(
            "secret secrets secrete credential credentials creds cred psk mnemonic apikey apikeys",
            "secretkey privatekey privkey accesskey authkey masterkey signingkey encryptionkey",
            "licensekey accountkey sharedkey keypair requirepass");
    private static final Set<String> TOKENS =
            Words.list("token tokens jwt bearer pat assertion jsessionid phpsessid sessid");
    private static final Set<String> CODES = Words.list("pin otp totp cvv cvc mfacode");
    private static final Set<String> AUTHORIZATIONS = Words.list("authorization authorisation");
    private static final Set<String> KEYS = Words.list("key keys auth session sid cookie seed webhook dsn");
    /** With one of these before it, {@code key} is a secret and not a key of a map. */
    private static final Set<String> KEY_OWNERS = Words.list(
            "api access secret private signing encryption master license licence auth account shared",
            "service storage subscription webhook app application session ssh activation admin deploy",
            "integration preshared hmac aes encrypt recovery bot developer dev user rsa priv",
            "decryption wrapping unseal functions");
    /** Endings of run-together names such as {@code PGPASSWORD} and {@code authtoken}. */
    private static final List<String> ENDINGS = List.copyOf(Words.list(
            "password passwd passphrase passwort secret token apikey secretkey accesskey privatekey",
            "passcode userpass dbpass adminpass rootpass sshpass keypass storepass"));

    private static final String SOME_KEY = "key";
    private static final Set<String> PUBLIC = Words.list("public pub pubkey publickey publishable");
    /** What is about a secret, is public by design, or only points at one. */
    private static final Set<String> HARMLESS_ENDS = Words.list(
            "id ids kid uuid guid ref refs reference hash digest fingerprint thumbprint checksum type",
            "types kind count counts length min max limit size age ttl lifetime days hours minutes",
            "seconds changed updated created expires expiry expiration expired at date time until",
            "since last policy policies rotation history status state enabled disabled required",
            "allowed valid verified algorithm alg version versions endpoint endpoints issuer scope",
            "scopes audience usage used present strength score complexity attempts in ms sec bits",
            "format encoding model mode method methods algorithms supported events arn index exception exceptions");
    /** Mostly harmless, yet people name secrets so as well: a random value is still believed. */
    private static final Set<String> DOUBTFUL_ENDS = Words.list(
            "file files filename path paths dir directory location name names url uri urls link field",
            "label hint prefix suffix store provider manager env variable var reset column header",
            "title placeholder description selector rule rules pattern regex validator message error",
            "page form source service");

    private static final int SLOTS = 2048;
    /** What is said of a word that is in no list, if anything. */
    private static final Map<SecretName, Word> UNLISTED = Arrays.stream(SecretName.values())
            .collect(Collectors.toMap(Function.identity(), meaning -> Word.of("", meaning)));

    private static final @Nullable Word[] TABLE = table();

    /** What a word says by itself, and what at its place in a name. */
    record Word(
            String text,
            SecretName meaning,
            boolean ownsKey,
            boolean isPublic,
            boolean endsHarmless,
            boolean endsDoubtful) {
        /** Whether it is one of the words that name a secret when their owner stands before them. */
        boolean isKey() {
            return meaning == SecretName.KEY && !text.isEmpty();
        }

        private static Word of(String text, SecretName meaning) {
            return new Word(
                    text,
                    meaning,
                    KEY_OWNERS.contains(text),
                    PUBLIC.contains(text),
                    HARMLESS_ENDS.contains(text),
                    DOUBTFUL_ENDS.contains(text));
        }
    }

    private Vocabulary() {}

    /** What the word says that begins and ends there. */
    static Word of(Text name, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at++) {
            hash = 31 * hash + Character.toLowerCase(name.charAt(at));
        }
        int slot = slot(hash);
        for (Word word = TABLE[slot]; word != null; word = TABLE[slot]) {
            if (word.text().length() == end - start && name.regionMatchesIgnoringCase(start, word.text())) {
                return word;
            }
            slot = (slot + 1) % SLOTS;
        }
        return unlisted(name, start, end);
    }

    private static Word unlisted(Text name, int start, int end) {
        for (String ending : ENDINGS) {
            int from = end - ending.length();
            if (from >= start && name.regionMatchesIgnoringCase(from, ending)) {
                return unlisted(ofEnding(ending));
            }
        }
        boolean someKey = end - start > 6 && name.regionMatchesIgnoringCase(end - SOME_KEY.length(), SOME_KEY);
        return unlisted(someKey ? SecretName.KEY : SecretName.NONE);
    }

    private static Word unlisted(SecretName meaning) {
        return Objects.requireNonNull(UNLISTED.get(meaning));
    }

    private static SecretName ofEnding(String ending) {
        if (ending.contains("token")) {
            return SecretName.TOKEN;
        }
        return ending.contains("pass") ? SecretName.PASSWORD : SecretName.SECRET;
    }

    /** What has to occur at the end of a word for a name to mean anything, in the cases that words are written in. */
    static Set<String> clues() {
        Set<String> words = new LinkedHashSet<>(ENDINGS);
        Stream.of(PASSWORDS, SECRETS, TOKENS, CODES, AUTHORIZATIONS, KEYS).forEach(words::addAll);
        words.add(SOME_KEY);
        return words.stream()
                .filter(word -> words.stream().noneMatch(other -> !other.equals(word) && word.endsWith(other)))
                .flatMap(word -> Stream.of(
                        word,
                        word.toUpperCase(Locale.ROOT),
                        word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable Word[] table() {
        Map<String, SecretName> meanings = new LinkedHashMap<>();
        Stream.of(KEY_OWNERS, PUBLIC, HARMLESS_ENDS, DOUBTFUL_ENDS)
                .forEach(words -> words.forEach(word -> meanings.put(word, SecretName.NONE)));
        PASSWORDS.forEach(word -> meanings.put(word, SecretName.PASSWORD));
        SECRETS.forEach(word -> meanings.put(word, SecretName.SECRET));
        TOKENS.forEach(word -> meanings.put(word, SecretName.TOKEN));
        CODES.forEach(word -> meanings.put(word, SecretName.CODE));
        AUTHORIZATIONS.forEach(word -> meanings.put(word, SecretName.AUTHORIZATION));
        KEYS.forEach(word -> meanings.put(word, SecretName.KEY));
        Word[] table = new Word[SLOTS];
        meanings.forEach((text, meaning) -> {
            int slot = slot(text.hashCode());
            while (table[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = Word.of(text, meaning);
        });
        return table;
    }

    private static int slot(int hash) {
        return Math.floorMod(hash, SLOTS);
    }
}
