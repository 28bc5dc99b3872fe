package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes secrets and look-alikes of its own, the same in every run: each kind of secret in each kind of text. */
final class GeneratedSecrets {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String MIXED = LOWER + LOWER.toUpperCase(java.util.Locale.ROOT) + DIGITS;
    private static final List<String> WORDS = List.of(
            "anchor", "basil", "cedar", "drift", "ember", "fjord", "gable", "heron", "inlet", "jasper", "kelp",
            "larch");

    private final Random random;

    GeneratedSecrets(long seed) {
        random = new Random(seed);
    }

    /** A text with its secret. */
    record Sample(String form, String text, String secret) {}

    /** Passwords in every notation a payload may have. */
    List<Sample> passwords() {
        List<Sample> samples = new ArrayList<>();
        for (String form : PASSWORD_FORMS) {
            for (Supplier<String> shape :
                    List.<Supplier<String>>of(this::phrase, this::typed, this::generated, this::short12)) {
                String secret = shape.get();
                samples.add(new Sample(form, form.replace("@@", secret), secret));
            }
        }
        return samples;
    }

    /** Tokens of issuers in every notation; a known form needs no name beside it. */
    List<Sample> tokens() {
        List<Sample> samples = new ArrayList<>();
        for (Supplier<String> shape : tokenShapes()) {
            for (String form : TOKEN_FORMS) {
                String secret = shape.get();
                samples.add(new Sample(form, form.replace("@@", secret), secret));
            }
        }
        return samples;
    }

    /** A secret inside Base64 of JSON. */
    List<Sample> nested() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String inner = "{\"user\":\"sync\",\"password\":\"" + generated() + "\"}";
            String encoded = Base64.getEncoder().encodeToString(inner.getBytes(UTF_8));
            samples.add(new Sample("nested", "{\"body\":\"" + encoded + "\"}", encoded));
        }
        return samples;
    }

    /** What looks like a secret and has to survive: hashes, identifiers, public keys, talk about secrets. */
    List<String> lookAlikes() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (String form : CLEAN_FORMS) {
                texts.add(form.replace("@hex@", hex(32))
                        .replace("@uuid@", uuid())
                        .replace("@b64@", base64(32))
                        .replace("@sig@", base64(64))
                        .replace("@n@", Integer.toString(random.nextInt(90) + 1))
                        .replace("@word@", word()));
            }
        }
        return texts;
    }

    private List<Supplier<String>> tokenShapes() {
        return List.of(
                () -> "AKIA" + of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
                () -> "ghp_" + of(MIXED, 36),
                () -> "github_pat_" + of(MIXED, 22) + "_" + of(MIXED, 59),
                () -> "glpat-" + of(MIXED, 20),
                () -> "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + of(MIXED, 24),
                () -> "sk_live_" + of(MIXED, 24),
                () -> "SG." + of(MIXED, 22) + "." + of(MIXED, 43),
                () -> "hvs." + of(MIXED, 90),
                () -> "npm_" + of(MIXED, 36),
                () -> "AIza" + of(MIXED, 35),
                () -> "dop_v1_" + hex(32),
                () -> "shpat_" + hex(16),
                this::jsonWebToken,
                () -> "zq_live_" + of(MIXED, 32),
                () -> "acmetool_pat_" + of(MIXED, 40));
    }

    private String jsonWebToken() {
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String payload = "{\"sub\":\"" + uuid() + "\"}";
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(UTF_8)) + "."
                + encoder.encodeToString(payload.getBytes(UTF_8)) + "."
                + of(MIXED, 43);
    }

    private String phrase() {
        return word() + "-" + word() + "-" + word() + random.nextInt(10, 99);
    }

    private String typed() {
        return Character.toUpperCase(word().charAt(0)) + word() + "!" + word() + random.nextInt(1000, 9999);
    }

    private String generated() {
        return of(MIXED, 9) + of("!?*_+", 1) + of(DIGITS, 2) + of(MIXED, 8);
    }

    private String short12() {
        return of(LOWER, 5) + of(DIGITS, 3) + of(MIXED, 4);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    private String base64(int bytes) {
        return Base64.getEncoder().encodeToString(bytes(bytes));
    }

    private String uuid() {
        return UUID.nameUUIDFromBytes(bytes(16)).toString();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String of(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static final List<String> PASSWORD_FORMS = List.of(
            "{\"user\":\"svc\",\"password\":\"@@\"}",
            "{ \"clientSecret\" : \"@@\", \"enabled\" : true }",
            "{\"message\":\"{\\\"bindPassword\\\":\\\"@@\\\"}\"}",
            "{'user': 'svc', 'password': '@@'}",
            "[{\"name\":\"DB_PASSWORD\",\"value\":\"@@\"}]",
            "database:\n  user: svc\n  password: @@\n  pool: 4\n",
            "database:\n  password: '@@'\n",
            "[database]\nuser = svc\npassword = @@\n",
            "spring.datasource.password=@@\nspring.datasource.username=svc\n",
            "<login><user>svc</user><password>@@</password></login>",
            "<add key=\"smtpPassword\" value=\"@@\"/>",
            "<entry key=\"db.password\">@@</entry>",
            "user=svc&password=@@&next=1",
            "POST /login HTTP/1.1\r\nX-Auth-Token: @@\r\nAccept: */*\r\n",
            "export LDAP_BIND_PASSWORD='@@'",
            "PATH=/bin\nSMTP_PASSWORD=@@\nLANG=C\n",
            "postgresql://svc:@@@db.example:5432/app",
            "jdbc:postgresql://db.example/app?user=svc&password=@@",
            "Server=db;Database=app;User Id=svc;Password=@@;Encrypt=true",
            "psql \"host=db user=svc password=@@ dbname=app\"",
            "tool login --user svc --password @@ --verbose",
            "[\"tool\",\"--client-secret\",\"@@\",\"run\"]",
            "curl -u svc:@@ https://api.example/v1",
            "ALTER USER svc IDENTIFIED BY '@@'",
            "CREATE ROLE svc LOGIN PASSWORD '@@'",
            "the temporary password for mia is @@, please change it",
            "Login[user=svc, password=@@]",
            "java.lang.IllegalStateException: refused for password '@@'\n\tat a.B.c(B.java:1)",
            "machine db.example login svc password @@\n",
            "user,password,role\nmia,@@,admin\n",
            "INSERT INTO member (name, password) VALUES ('mia', '@@'), ('kim', NULL)",
            "<password><![CDATA[@@]]></password>",
            "Content-Disposition: form-data; name=\"password\"\r\n\r\n@@\r\n--boundary",
            "{\"passwords\":[\"@@\"]}",
            "echo svc:@@ | chpasswd");

    private static final List<String> TOKEN_FORMS = List.of(
            "@@",
            "{\"apiToken\":\"@@\"}",
            "Authorization: Bearer @@",
            "curl -H 'X-Api-Key: @@' https://api.example",
            "seen @@ in the output",
            "https://api.example/v1?access_token=@@&page=2",
            "SERVICE_TOKEN=@@");

    private static final List<String> CLEAN_FORMS = List.of(
            "{\"planHash\":\"@hex@\",\"merkleRoot\":\"@hex@\",\"leafHash\":\"@hex@\"}",
            "{\"credentialId\":\"@uuid@\",\"keyId\":\"@hex@\",\"connectorId\":\"@uuid@\"}",
            "{\"rootHash\":\"@b64@\",\"signature\":\"@sig@\",\"publicKey\":\"@b64@\"}",
            "{\"organizationId\":\"@uuid@\",\"at\":\"2026-03-0@n@T10:00:00.000Z\",\"outcome\":\"succeeded\"}",
            "{\"passwordPolicy\":{\"minLength\":@n@},\"passwordChangedAt\":\"2026-01-01T00:00:00Z\"}",
            "{\"token_endpoint\":\"https://login.example/oauth2/v@n@/token\",\"token_type\":\"Bearer\"}",
            "{\"secretName\":\"@word@-credentials\",\"secretRef\":\"vault:connectors/@uuid@\"}",
            "{\"password\":\"[redacted:password]\",\"clientSecret\":\"${CLIENT_SECRET}\",\"token\":null}",
            "The password must have at least @n@ characters, see NIST SP 800-63B.",
            "log.example/@word@+@hex@+@b64@",
            "sha256:@hex@  @word@.json",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI@b64@ @word@@example",
            "cn=@word@-password-sync,ou=services,dc=example",
            "CREATE TABLE member (id uuid, password varchar(255) NOT NULL, token text)",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/@word@-AbCdEf",
            "commit @hex@ rotates the signing key of @word@",
            "GET https://api.example/v1/tokens/@uuid@ 200 in @n@ ms",
            "cn=@word@,ou=people,dc=@word@,dc=example is a member of @word@-admins");
}
