package dev.nuxari.server.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the name beside a value says about the value. Names are read as words ({@code clientSecret},
 * {@code CLIENT_SECRET} and {@code client-secret} are the same two), and the last word decides first:
 * {@code passwordPolicy}, {@code tokenEndpoint} and {@code credentialId} are no secrets.
 */
enum SecretName {
    /** Says nothing. */
    NONE(""),
    /** May name a secret: believed only when the value looks random. */
    KEY("key"),
    PASSWORD("password"),
    SECRET("secret"),
    TOKEN("token"),
    /** A short code, such as a PIN: believed only when the value has the form of one. */
    CODE("code"),
    AUTHORIZATION("authorization");

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

    private static final Set<String> PUBLIC = Words.list("public pub pubkey publickey publishable");

    /** What is about a secret, is public by design, or only points at one. */
    private static final Set<String> HARMLESS_ENDS = Words.list(
            "id ids kid uuid guid ref refs reference hash digest fingerprint thumbprint checksum type",
            "types kind count counts length min max limit size age ttl lifetime days hours minutes",
            "seconds changed updated created expires expiry expiration expired at date time until",
            "since last policy policies rotation history status state enabled disabled required",
            "allowed valid verified algorithm alg version versions endpoint endpoints issuer scope",
            "scopes audience usage used present strength score complexity attempts in ms sec bits",
            "format encoding model mode method arn index");
    /** Mostly harmless, yet people name secrets so as well: a random value is still believed. */
    private static final Set<String> DOUBTFUL_ENDS = Words.list(
            "file files filename path paths dir directory location name names url uri urls link field",
            "label hint prefix suffix store provider manager env variable var reset column header",
            "title placeholder description selector rule rules pattern regex validator message error",
            "page form source service");

    private static final Map<String, SecretName> MEANINGS = meanings();

    private final String kind;

    SecretName(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }

    /** Whether the name alone makes its value a secret. */
    boolean isCertain() {
        return this == PASSWORD || this == SECRET || this == TOKEN;
    }

    static SecretName of(CharSequence name) {
        List<String> words = Words.of(name);
        while (!words.isEmpty() && isNumber(words.getLast())) {
            words.removeLast();
        }
        if (words.isEmpty() || HARMLESS_ENDS.contains(words.getLast()) || isPublic(words)) {
            return NONE;
        }
        SecretName best = strongest(words);
        return best.isCertain() && DOUBTFUL_ENDS.contains(words.getLast()) ? KEY : best;
    }

    /** The first word that is certain, else the last that means anything. */
    private static SecretName strongest(List<String> words) {
        SecretName best = NONE;
        String previous = "";
        for (String word : words) {
            SecretName one = ofWord(word, previous);
            best = best.isCertain() || one == NONE ? best : one;
            previous = word;
        }
        return best;
    }

    private static boolean isPublic(List<String> words) {
        return words.stream().anyMatch(PUBLIC::contains);
    }

    private static SecretName ofWord(String word, String previous) {
        SecretName meant = MEANINGS.getOrDefault(word, NONE);
        if (meant == KEY && KEY_OWNERS.contains(previous)) {
            return SECRET;
        }
        if (meant != NONE) {
            return meant;
        }
        SecretName ending = ofEnding(word);
        boolean someKey = word.endsWith("key") && word.length() > 6;
        return ending == NONE && someKey ? KEY : ending;
    }

    private static SecretName ofEnding(String word) {
        for (String ending : ENDINGS) {
            if (word.endsWith(ending)) {
                return ending.contains("token") ? TOKEN : ending.contains("pass") ? PASSWORD : SECRET;
            }
        }
        return NONE;
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0));
    }

    private static Map<String, SecretName> meanings() {
        Map<String, SecretName> meanings = new HashMap<>();
        PASSWORDS.forEach(word -> meanings.put(word, PASSWORD));
        SECRETS.forEach(word -> meanings.put(word, SECRET));
        TOKENS.forEach(word -> meanings.put(word, TOKEN));
        CODES.forEach(word -> meanings.put(word, CODE));
        AUTHORIZATIONS.forEach(word -> meanings.put(word, AUTHORIZATION));
        KEYS.forEach(word -> meanings.put(word, KEY));
        return Map.copyOf(meanings);
    }
}
