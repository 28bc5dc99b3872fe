package dev.nuxari.server.redaction;

import static dev.nuxari.server.redaction.Shape.around;
import static dev.nuxari.server.redaction.Shape.following;
import static dev.nuxari.server.redaction.Shape.starting;

import java.util.List;

/** The forms of credentials of services, beside those of clouds and of code hosts in {@link Shapes}. */
final class ServiceShapes {
    private static final String UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
    private static final String WORD = "[A-Za-z0-9_-]";

    static final List<Shape> ARTIFICIAL_INTELLIGENCE = List.of(
            starting("ai-api-key", "sk-", WORD + "{30,300}+"),
            starting("ai-api-key", "sess-", "[A-Za-z0-9]{40}(?![A-Za-z0-9])"),
            starting("ai-api-key", "hf_", "[A-Za-z]{28,60}+"),
            starting("ai-api-key", "hf_", "(?=[A-Za-z]{0,30}\\d)[A-Za-z0-9]{30,60}+"),
            starting("ai-api-key", "api_org_", "[A-Za-z]{30,60}+"),
            starting("ai-api-key", "gsk_", "[A-Za-z0-9]{40,80}+"),
            starting("ai-api-key", "pplx-", "[A-Za-z0-9]{40,80}+"),
            starting("ai-api-key", "xai-", "[A-Za-z0-9]{60,100}+"),
            starting("ai-api-key", "r8_", "[A-Za-z0-9]{30,60}+"),
            starting("ai-api-key", "tgp_v1_", WORD + "{30,60}+"),
            starting("ai-api-key", "llx-", "[A-Za-z0-9]{40,60}+"),
            starting("ai-api-key", "nvapi-", WORD + "{50,90}+"),
            starting("ai-api-key", "lsv2_", "[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}"),
            starting("ai-api-key", "pcsk_", "\\w{40,90}+"),
            starting("ai-api-key", "csk-", "[a-z0-9]{40,60}+"),
            starting("ai-api-key", "tvly-", "[A-Za-z0-9-]{28,60}+"));

    static final List<Shape> SECURITY = List.of(
            starting("vault-token", "hvs.", "[A-Za-z0-9_.-]{24,300}+"),
            starting("vault-token", "hvb.", "[A-Za-z0-9_-]{60,400}+"),
            starting("vault-token", "hvr.", "[A-Za-z0-9_-]{24,300}+"),
            starting("vault-token", "s.", "(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}(?![A-Za-z0-9.])"),
            starting(
                    "doppler-token", "dp.", "(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,50}+"),
            starting(
                    "1password-secret-key",
                    "A3-",
                    "[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})" + "-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}"),
            starting("1password-token", "ops_eyJ", "[A-Za-z0-9_=+/-]{60,3000}+"),
            starting("age-key", "AGE-SECRET-KEY-1", "[0-9A-Z]{50,70}+"),
            starting("tailscale-key", "tskey-", "[a-z]{3,12}-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{16,50}+"),
            starting("nkey-seed", "SA", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SC", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SN", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SO", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SP", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SU", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("nkey-seed", "SX", "[A-Z2-7]{56}(?![A-Za-z0-9])"),
            starting("defined-networking-key", "dnkey-", "[A-Z0-9=_-]{60,100}+"),
            starting(
                    "okta-token",
                    "00",
                    "(?=[A-Za-z0-9=-]{0,39}_|[A-Za-z0-9_-]{0,39}=|[a-z0-9_=-]{0,39}[A-Z])"
                            + "[A-Za-z0-9_=-]{40}(?![A-Za-z0-9_=-])"),
            starting("octopus-key", "API-", "[A-Z0-9]{26,34}(?![A-Za-z0-9])"),
            starting("snyk-token", "snyk_", "[a-z]{2,8}\\.[A-Za-z0-9._-]{30,120}+"),
            starting("launchdarkly-key", "api-", UUID),
            starting("launchdarkly-key", "sdk-", UUID),
            starting("infisical-token", "st.", "[a-f0-9]{24}\\.[a-f0-9]{32}\\.[a-f0-9]{32}"),
            starting("password-hash", "$2", "[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}"),
            starting("password-hash", "$argon2", "i?d?\\$[^\\s\"']{30,200}+"),
            starting("password-hash", "$apr1$", "[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{22}"),
            starting("password-hash", "$1$", "[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{22}"),
            starting("password-hash", "$5$", "[./A-Za-z0-9=$]{40,140}+"),
            starting("password-hash", "$6$", "[./A-Za-z0-9=$]{80,140}+"),
            starting("password-hash", "$y$", "[./A-Za-z0-9=$]{40,140}+"),
            starting("password-hash", "SCRAM-SHA-256$", "[0-9]{1,9}:[A-Za-z0-9+/=]{8,80}\\$[A-Za-z0-9+/=:]{40,120}+"),
            starting(
                    "jwt",
                    "ey",
                    "(?<![_-]ey)[A-Za-z0-9_-]{14,7000}+\\.[A-Za-z0-9_=/+%-]{16,8000}+(?:\\.[A-Za-z0-9_=/+%-]{0,4000}+){0,3}"));

    static final List<Shape> SERVICES = List.of(
            starting("slack-token", "xox", "[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,400}+"),
            starting("slack-token", "xapp-", "\\d-[A-Za-z0-9]{6,20}-\\d{6,20}-[A-Za-z0-9]{20,200}+"),
            around(
                    "slack-webhook",
                    "hooks.slack.com/",
                    8,
                    "(?:https?://)?hooks\\.slack\\.com/(?:[a-z]{4,12}/[A-Za-z0-9+/_-]{24,200}+)"),
            starting("zapier-webhook", "hooks.zapier.com/hooks/catch/", "(?:\\d{4,12}/[A-Za-z0-9]{5,20}+)"),
            following("chat-webhook", "/hooks/", "([a-z0-9]{26})(?![A-Za-z0-9])"),
            following("chat-webhook", "/hooks/", "([A-Za-z0-9]{17}/[A-Za-z0-9]{30,64}+)"),
            starting("adafruit-key", "aio_", "[A-Za-z0-9]{28}(?![A-Za-z0-9])"),
            starting("akamai-token", "akab-", "[a-z0-9]{16}-[a-z0-9]{16}(?![a-z0-9])"),
            starting(
                    "authress-key",
                    "scauth_",
                    "[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}+"),
            starting(
                    "authress-key",
                    "sc_",
                    "[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}+"),
            starting("backblaze-key", "K00", "[1-9][A-Za-z0-9+/]{27}(?![A-Za-z0-9+/])"),
            starting("baidu-key", "bce-v3/ALTAK-", "[A-Za-z0-9]{21}/[a-f0-9]{40}"),
            starting("clickhouse-key", "4b1d", "(?=[0-9a-z]{0,37}[A-Z])[A-Za-z0-9]{38}(?![A-Za-z0-9])"),
            starting("dropbox-token", "sl.", "[A-Za-z0-9_-]{130,1400}+"),
            around("firebase-key", ":APA91b", 11, "AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{120,160}+"),
            starting("gocardless-token", "live_", "[A-Za-z0-9_=-]{40}(?![A-Za-z0-9_=-])"),
            starting("ntlm-message", "TlRMTVNTUAA", "[A-Za-z0-9+/]{40,2000}+={0,2}"),
            starting("tencent-key", "AKID", "(?=[A-Za-z]{0,31}\\d)[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
            starting("discord-webhook", "discord.com/api/webhooks/", "(?:\\d{10,24}/" + WORD + "{30,100}+)"),
            starting("discord-webhook", "discordapp.com/api/webhooks/", "(?:\\d{10,24}/" + WORD + "{30,100}+)"),
            following("teams-webhook", ".webhook.office.com/", "([^\\s\"'<>]{40,400}+)"),
            around("telegram-token", ":A", 12, "\\d{8,12}:A[A-Za-z0-9_-]{34}(?!" + WORD + ")")
                    .when(Condition.BEHIND_DIGIT),
            around("mailchimp-key", "-us", 32, "[0-9A-Za-z]{32}-us\\d{1,2}(?![A-Za-z0-9])")
                    .when(Condition.BEFORE_DIGIT),
            starting("mailgun-key", "key-", "[0-9a-zA-Z]{32}(?![0-9A-Za-z])"),
            starting("sendgrid-key", "SG.", "[\\w=.-]{30,80}+"),
            starting("brevo-key", "xkeysib-", "[a-f0-9]{60,70}-[A-Za-z0-9]{10,24}+"),
            starting("brevo-key", "xsmtpsib-", "[a-f0-9]{60,70}-[A-Za-z0-9]{10,24}+"),
            starting("resend-key", "re_", "(?=[A-Za-z_]{0,24}\\d)[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}+"),
            starting("twilio-key", "AC", "[0-9a-f]{32}(?![0-9A-Za-z])"),
            starting("twilio-key", "SK", "[0-9a-f]{32}(?![0-9A-Za-z])"),
            starting("stripe-key", "sk_", "(?:live|test|prod)_[A-Za-z0-9]{10,120}+"),
            starting("stripe-key", "rk_", "(?:live|test|prod)_[A-Za-z0-9]{10,120}+"),
            starting("webhook-secret", "whsec_", "[A-Za-z0-9+/=]{20,80}+"),
            around("payment-key", "_live_", 12, "[a-z]{2,12}_live_[A-Za-z0-9]{14,80}+"),
            starting("square-token", "sq0", "[a-z]{3}-[\\w\\\\-]{20,60}+"),
            starting("square-token", "EAAA", "[\\w-]{56,64}(?![\\w-])"),
            starting("facebook-token", "EAA", "[A-Za-z0-9]{40,400}+"),
            around("facebook-token", "|", 17, "\\d{15,17}\\|[\\w-]{20,40}(?![\\w-])")
                    .when(Condition.BEHIND_DIGIT),
            starting("instagram-token", "IGQV", "[\\w-]{60,300}+"),
            starting("twitter-token", "AAAAAAAAAAAAAAAAAAAAA", "[A-Za-z0-9%]{60,140}+"),
            starting("shopify-token", "shp", "(?:at|ca|pa|ss|tka|rt)_[a-fA-F0-9]{32}(?![A-Za-z0-9])"),
            starting("shippo-token", "shippo_", "(?:live|test)_[a-fA-F0-9]{36,44}+"),
            starting("easypost-key", "EZ", "[AT]K[A-Za-z0-9]{50,60}+"),
            starting("duffel-token", "duffel_", "(?:live|test)_[\\w=-]{30,60}+"),
            starting("flutterwave-key", "FLWSECK", "(?:_TEST)?-[a-zA-Z0-9]{12,40}(?:-X)?"),
            starting("plaid-token", "access-", "(?:sandbox|development|production)-" + UUID),
            starting("paypal-token", "access_token$", "(?:sandbox|production)\\$[0-9a-z]{8,24}\\$[0-9a-f]{32}"),
            starting("razorpay-key", "rzp_", "(?:live|test)_[A-Za-z0-9]{14,30}+"),
            starting("mapbox-token", "pk.", "[A-Za-z0-9_-]{50,90}\\.[A-Za-z0-9_-]{20,30}+"),
            starting("mapbox-token", "sk.", "[A-Za-z0-9_-]{50,90}\\.[A-Za-z0-9_-]{20,30}+"),
            starting("linear-key", "lin_", "[a-z]{2,6}_[A-Za-z0-9]{30,60}+"),
            starting("notion-token", "ntn_", "[A-Za-z0-9]{40,50}+"),
            starting("notion-token", "secret_", "[A-Za-z0-9]{43}(?![A-Za-z0-9])"),
            starting("figma-token", "fig", "[dohu]_" + WORD + "{30,60}+"),
            starting("airtable-token", "pat", "[A-Za-z0-9]{14}\\.[a-f0-9]{64}"),
            starting("hubspot-token", "pat-", "[a-z]{2}\\d-" + UUID),
            starting("typeform-token", "tfp_", "[\\w.=-]{40,80}+"),
            starting("postman-key", "PMAK-", "[a-fA-F0-9]{24}-[a-fA-F0-9]{34}"),
            starting("readme-key", "rdme_", "[a-z0-9]{60,80}+"),
            starting("adobe-secret", "p8e-", "[a-zA-Z0-9]{32}"),
            starting("intra42-secret", "s-s4t2", "[a-z]{2}-[a-f0-9]{60,70}+"),
            starting("beamer-token", "b_", "(?=[a-z_-]{0,40}\\d)[a-zA-Z0-9=_-]{44}(?![\\w=-])"),
            starting("frameio-token", "fio-u-", "[\\w=-]{60,70}+"),
            starting("contentful-token", "CFPAT-", WORD + "{40,50}+"),
            starting("settlemint-token", "sm_", "(?:aat|pat|sat)_[A-Za-z0-9]{16,20}+"),
            starting("harness-key", "pat.", WORD + "{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}"),
            starting("harness-key", "sat.", WORD + "{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}"),
            starting("infracost-key", "ico-", "[a-zA-Z0-9]{32}(?![A-Za-z0-9.])"),
            starting("confluent-key", "cflt", "[A-Za-z0-9+/]{50,70}+"),
            starting("dynatrace-token", "dt0", "[a-z]\\d\\d\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}"),
            around("newrelic-key", "NRAL", 38, "[a-f0-9]{30,37}NRAL"),
            starting("newrelic-key", "NRAK-", "[A-Za-z0-9]{27}"),
            starting("newrelic-key", "NRJS-", "[a-f0-9]{19}"),
            starting("newrelic-key", "NRII-", WORD + "{32}"),
            starting("grafana-token", "glc_", "[A-Za-z0-9+/]{30,400}+={0,3}"),
            starting("grafana-token", "glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
            starting("grafana-token", "eyJrIjoi", "[A-Za-z0-9_=-]{40,400}+"),
            starting("sentry-token", "sntrys_", "[A-Za-z0-9+/_=-]{60,400}+"),
            starting("sentry-token", "sntryu_", "[a-f0-9]{60,70}+"),
            starting("posthog-key", "ph", "[cxs]_[A-Za-z0-9]{36,60}+"),
            around("maxmind-key", "_mmk", 36, "[A-Za-z0-9]{6}_[A-Za-z0-9_]{26,29}_mmk"),
            starting("cosmo-key", "cosmo_", "[a-f0-9]{32}"),
            starting("lob-key", "test_", "(?:pub_)?[a-f0-9]{31,35}(?![A-Za-z0-9])"),
            around("rapidapi-key", "msh", 10, "[a-f0-9]{10}msh[a-f0-9]{15}p1[a-f0-9]{6}jsn[a-f0-9]{12}"));

    private ServiceShapes() {}
}
