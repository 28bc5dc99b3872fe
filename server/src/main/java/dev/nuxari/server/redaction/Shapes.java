package dev.nuxari.server.redaction;

import static dev.nuxari.server.redaction.Shape.around;
import static dev.nuxari.server.redaction.Shape.starting;

import java.util.List;
import java.util.stream.Stream;

/** Credentials that show what they are: issuers give them a prefix, a length, an alphabet, or a check. */
final class Shapes {
    private static final String WORD = "[A-Za-z0-9_-]";
    private static final String LONG = "[A-Za-z0-9_=-]{16,2000}+";

    private static final List<Shape> CLOUDS = List.of(
            starting("aws-access-key", "AKIA", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
            starting("aws-access-key", "ASIA", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
            starting("aws-access-key", "ABIA", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
            starting("aws-access-key", "ACCA", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
            starting("aws-access-key", "A3T", "[A-Z0-9]{17}(?![A-Za-z0-9])"),
            starting("aws-bedrock-key", "ABSK", "[A-Za-z0-9+/]{60,300}+={0,2}"),
            starting("aws-bedrock-key", "bedrock-api-key-", "[A-Za-z0-9+/=_-]{16,4000}+"),
            starting("alibaba-access-key", "LTAI", "[A-Za-z0-9]{12,30}+"),
            starting("google-api-key", "AIza", WORD + "{30,60}+"),
            starting("google-client-secret", "GOCSPX-", WORD + "{16,60}+"),
            starting("google-access-token", "ya29.", WORD + "{20,2000}+"),
            starting("google-refresh-token", "1//0", WORD + "{30,200}+"),
            around("azure-client-secret", "Q~", 4, "[\\w.~-]{3}\\dQ~[\\w.~-]{31,34}(?![\\w.~-])"),
            around("azure-key", "JQQJ99", 90, "[A-Za-z0-9+/]{20,90}JQQJ99[A-Za-z0-9+/]{20,60}+={0,2}"),
            around("azure-key", "AzFu", 90, "[A-Za-z0-9+/]{30,90}AzFu[A-Za-z0-9+/]{4,20}+={0,2}"),
            around("azure-key", "+ASt", 90, "[A-Za-z0-9+/]{70,90}\\+ASt[A-Za-z0-9+/]{4,20}+={0,2}"),
            starting("digitalocean-token", "dop_v1_", "[a-f0-9]{32,80}+"),
            starting("digitalocean-token", "doo_v1_", "[a-f0-9]{32,80}+"),
            starting("digitalocean-token", "dor_v1_", "[a-f0-9]{32,80}+"),
            starting("heroku-api-key", "HRKU-", WORD + "{30,100}+"),
            starting("fly-token", "fo1_", WORD + "{30,100}+"),
            starting("fly-token", "FlyV1 ", "[A-Za-z0-9_=,/+-]{40,4000}+"),
            starting("scalingo-token", "tk-us-", WORD + "{30,80}+"),
            starting("cloudflare-key", "v1.0-", "[a-f0-9]{20,40}-[a-f0-9]{100,200}+"),
            starting("cloudflare-key", "cfk_", "[A-Za-z0-9]{30,80}+"),
            starting("cloudflare-key", "cfut_", "[A-Za-z0-9]{30,80}+"),
            starting("cloudflare-key", "cfat_", "[A-Za-z0-9]{30,80}+"),
            starting("yandex-token", "t1.", "[A-Za-z0-9_-]{2,400}={0,2}\\.[A-Za-z0-9_-]{60,120}={0,2}"),
            starting("yandex-token", "AQVN", WORD + "{30,60}+"),
            starting("yandex-token", "YC", WORD + "{38}(?!" + WORD + ")"),
            starting("aiven-token", "AVNS_", WORD + "{16,40}+"),
            starting("mongodb-client-secret", "mdb_sa_sk_", LONG),
            starting("vercel-token", "vcp_", "[A-Za-z0-9]{24,80}+"),
            starting("vercel-token", "vci_", "[A-Za-z0-9]{24,80}+"),
            starting("vercel-token", "vca_", "[A-Za-z0-9]{24,80}+"),
            starting("vercel-token", "vcr_", "[A-Za-z0-9]{24,80}+"),
            starting("vercel-token", "vck_", "[A-Za-z0-9]{24,80}+"),
            starting("netlify-token", "nf", "[pcoub]_[A-Za-z0-9]{30,60}+"),
            starting("render-key", "rnd_", "[A-Za-z0-9]{24,60}+"),
            starting("neon-key", "napi_", "[A-Za-z0-9]{30,90}+"),
            starting("supabase-key", "sbp_", "(?:v0_)?[a-f0-9]{36,50}+"),
            starting("supabase-key", "sb_secret_", WORD + "{20,60}+"),
            starting("planetscale-secret", "pscale_", "[a-z]{2,8}_[A-Za-z0-9_.=-]{20,100}+"),
            starting("databricks-token", "dapi", "[A-Fa-f0-9]{32}(?:-\\d)?(?![A-Za-z0-9])"),
            starting("salesforce-token", "00D", "[A-Za-z0-9]{12,15}![A-Za-z0-9._]{60,140}+"),
            starting("openshift-token", "sha256~", WORD + "{40,46}+"));

    private static final List<Shape> CODE = List.of(
            starting("github-token", "ghp_", "[A-Za-z0-9]{30,255}+"),
            starting("github-token", "gho_", "[A-Za-z0-9]{30,255}+"),
            starting("github-token", "ghu_", "[A-Za-z0-9]{30,255}+"),
            starting("github-token", "ghr_", "[A-Za-z0-9]{30,255}+"),
            starting("github-token", "ghs_", "[A-Za-z0-9_.-]{30,2000}+"),
            starting("github-token", "github_pat_", "\\w{22,255}+"),
            starting("gitlab-token", "glpat-", "[A-Za-z0-9_.-]{18,310}+"),
            starting("gitlab-token", "gldt-", WORD + "{18,60}+"),
            starting("gitlab-token", "glrt-", "[A-Za-z0-9_.-]{18,310}+"),
            starting("gitlab-token", "glcbt-", WORD + "{18,80}+"),
            starting("gitlab-token", "glptt-", WORD + "{36,60}+"),
            starting("gitlab-token", "glft-", WORD + "{16,100}+"),
            starting("gitlab-token", "glimt-", WORD + "{18,60}+"),
            starting("gitlab-token", "glagent-", WORD + "{44,120}+"),
            starting("gitlab-token", "glsoat-", WORD + "{18,80}+"),
            starting("gitlab-token", "glffct-", WORD + "{18,60}+"),
            starting("gitlab-token", "gloas-", WORD + "{60,80}+"),
            starting("gitlab-token", "glwt-", WORD + "{18,60}+"),
            starting("gitlab-token", "GR1348941", WORD + "{20,80}+"),
            starting("gitlab-session", "_gitlab_session=", "[A-Za-z0-9]{20,80}+"),
            starting("bitbucket-token", "BBDC-", "[A-Za-z0-9+/]{30,60}+"),
            starting("atlassian-token", "ATATT3", "[A-Za-z0-9_=\\\\%-]{60,300}+"),
            starting("atlassian-token", "ATCTT3", "[A-Za-z0-9_=\\\\%-]{60,300}+"),
            starting("atlassian-token", "ATSTT3", "[A-Za-z0-9_=\\\\%-]{60,300}+"),
            starting("atlassian-token", "ATBB", "[A-Za-z0-9]{24,60}+"),
            starting("sourcegraph-token", "sgp_", "[A-Za-z0-9_]{36,80}+"),
            starting("buildkite-token", "bkua_", "[a-z0-9]{36,60}+"),
            starting("circleci-token", "CCIPAT_", "\\w{30,100}+"),
            starting("sonar-token", "squ_", "[A-Za-z0-9]{36,44}+"),
            starting("sonar-token", "sqp_", "[A-Za-z0-9]{36,44}+"),
            starting("sonar-token", "sqa_", "[A-Za-z0-9]{36,44}+"),
            starting("npm-token", "npm_", "[A-Za-z0-9]{30,60}+"),
            starting("pypi-token", "pypi-", WORD + "{40,1000}+"),
            starting("rubygems-key", "rubygems_", "[a-f0-9]{40,60}+"),
            starting("nuget-key", "oy2", "[a-z0-9]{43}(?![A-Za-z0-9])"),
            starting("clojars-token", "CLOJARS_", "[A-Za-z0-9]{50,70}+"),
            starting("crates-token", "cio", "[A-Za-z0-9]{32}(?![A-Za-z0-9])"),
            starting("docker-token", "dckr_pat_", WORD + "{16,60}+"),
            starting("docker-token", "dckr_oat_", WORD + "{16,60}+"),
            starting("docker-swarm-token", "SWMTKN-1-", "[a-z0-9]{40,60}-[a-z0-9]{20,30}+"),
            starting("docker-swarm-key", "SWMKEY-1-", "[A-Za-z0-9+/]{40,50}+"),
            starting("artifactory-key", "AKCp", "[A-Za-z0-9]{50,90}+"),
            starting("artifactory-token", "cmVmd", "[A-Za-z0-9]{50,70}+"),
            starting("pulumi-token", "pul-", "[a-f0-9]{40}(?![A-Za-z0-9])"),
            around("terraform-token", ".atlasv1.", 30, "[A-Za-z0-9]{10,30}\\.atlasv1\\.[A-Za-z0-9_=-]{50,90}+"),
            starting("prefect-key", "pnu_", "[A-Za-z0-9]{30,50}+"),
            starting("expo-token", "expo_", WORD + "{30,60}+"));

    static final List<Shape> ALL = Stream.of(
                    CLOUDS,
                    CODE,
                    ServiceShapes.ARTIFICIAL_INTELLIGENCE,
                    ServiceShapes.SECURITY,
                    ServiceShapes.SERVICES,
                    TransportShapes.ALL)
            .flatMap(List::stream)
            .toList();

    /** As many are told by their own form; the others by what stands around them. */
    static final int OF_ISSUERS = ALL.size() - TransportShapes.ALL.size();

    private Shapes() {}
}
