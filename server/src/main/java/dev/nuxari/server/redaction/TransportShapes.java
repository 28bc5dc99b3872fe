package dev.nuxari.server.redaction;

import static dev.nuxari.server.redaction.Shape.following;
import static dev.nuxari.server.redaction.Shape.starting;

import java.util.List;
import java.util.stream.Stream;

/** How credentials travel, whoever issued them: in URLs, headers and command lines. */
final class TransportShapes {
    private static final String NOT_PORT = "(?!\\d{1,5}[?#])";
    private static final String OF_URL = "[^\\s/\"'`<>\\\\]";
    private static final String GAP = "[\\s=\"',]{1,6}";
    private static final String BARE = "([^\\s\"'`,;]{3,200})";

    /** Programs and devices that take a password without saying so. */
    private static final List<Shape> COMMANDS = List.of(
            starting(
                    "password",
                    "htpasswd",
                    "\\b[^\\n]{0,40}?\\s-[a-zA-Z]{0,4}b[a-zA-Z]{0,4}\\s{1,3}[^\\s]{1,80}\\s{1,3}[^\\s]{1,64}\\s{1,3}"
                            + BARE),
            starting("password", "net user ", "[^\\s]{1,64}\\s{1,3}(?!/)" + BARE + "(?=\\s{1,3}/|\\s{0,3}$)"),
            starting("password", "net use ", "[^\\n]{1,100}?/user:[^\\s]{1,80}\\s{1,3}(?!/)" + BARE),
            starting("password", "smbclient", "\\b[^\\n]{0,200}?\\s-U\\s{0,2}[^\\s%]{1,80}%" + BARE),
            starting("password", "unzip", "\\b[^\\n]{0,80}?\\s-P\\s{1,3}" + BARE),
            starting("password", "7z", "[a-z]{0,2}\\s[^\\n]{0,80}?\\s-p" + BARE),
            starting("password", "change_password ", "[^\\s]{1,80}\\s{1,3}" + BARE),
            starting("password", "enable secret ", "(?:\\d\\s)?" + BARE),
            starting("password", "radius-server key ", "(?:\\d\\s)?" + BARE),
            starting("password", "tacacs-server key ", "(?:\\d\\s)?" + BARE),
            starting("password", "snmp-server community ", BARE),
            starting("password", "AUTH PLAIN ", "([A-Za-z0-9+/]{8,400}+={0,2})"),
            starting("password", "sp_addlogin ", "N?'[^'\\n]{1,80}'\\s{0,3},\\s{0,3}N?'([^'\\n]{1,200})'"),
            starting("password", "CONNECT ", "[A-Za-z_]\\w{0,40}/([^\\s@\"']{3,100})@(?=\\w)"),
            starting(
                    "password", "jdbc:oracle:", "[a-z\\d]{2,8}:[A-Za-z_]\\w{0,40}/([^\\s@\"'/]{3,100})@(?=[\\w/(\\[])"),
            starting("password", "sqlplus ", "[A-Za-z_]\\w{0,40}/([^\\s@\"']{3,100})@(?=\\w)"),
            starting(
                    "password",
                    "PASSWORD FOR ",
                    "'?[^\\s'@]{1,80}'?(?:@'?[^\\s']{1,80}'?)?\\s{0,3}=\\s{0,3}(?:PASSWORD\\()?'([^'\\n]{1,200})'"));

    private static final List<Shape> EVERYWHERE = List.of(
            following(
                            "url-password",
                            "://",
                            "[^\\s:/\"'`<>]{0,120}:" + NOT_PORT + "(" + OF_URL + "{1,300})@(?=[\\w\\[$%{-])")
                    .when(TransportShapes::hasUserPart),
            following("url-password", "%3A%2F%2F", "[\\w.-]{0,120}%3A([^\\s\"'&]{3,300}?)%40"),
            following("url-token", "://", "(?=[^@\\s]{0,60}\\d)([A-Za-z0-9_-]{24,255}+)(?::x-oauth-basic|:)?@")
                    .when(TransportShapes::hasUserPart),
            following("token", "earer ", "{0,3}(?=[^\\s\"']{0,80}\\d)([A-Za-z0-9._~+/=|!%-]{16,4000}+)"),
            following("token", "EARER ", "{0,3}(?=[^\\s\"']{0,80}\\d)([A-Za-z0-9._~+/=|!%-]{16,4000}+)"),
            starting(
                    "password",
                    "echo",
                    "[ \\t]{1,4}[\"']?(?:[\\w.@-]{1,64}:)?([^\\s\"':|]{4,200})[\"']?\\s{0,4}\\|[^\\n]{0,60}passwd\\b"),
            starting("password", "passwd", "[^\\n|;]{0,60}<<<[ \\t]{0,4}[\"']?([^\\s\"']{4,200})"),
            following("token", "SSWS ", "([A-Za-z0-9_=-]{20,100}+)"),
            following("token", "GenieKey ", "([A-Za-z0-9-]{20,100}+)"),
            following("signature", "oauth_signature=", "\\\\?\"?([A-Za-z0-9%+/=]{16,200}+)"),
            following("signature", "X-Amz-Signature=", "([a-f0-9]{64})"),
            following("token", "X-Amz-Security-Token=", "([A-Za-z0-9%+/=]{40,4000}+)"),
            following("azure-shared-access-signature", "sig=", "([A-Za-z0-9%+/_-]{40,200}+={0,2})"),
            starting(
                    "password",
                    "curl",
                    "\\b[^\\n]{0,200}?[\\s\"](?:-u|--user|--proxy-user|-U)" + GAP
                            + "[^\\s:\"'$/]{1,80}[\"']?:[\"']?([^\\s\"']{2,200})"),
            starting("password", "sshpass", "\\b[^\\n]{0,80}?[\\s\"]-p" + "[\\s\",]{0,4}[\"']?" + BARE),
            starting("password", "mysql", "[a-z]{0,10}\\b[^\\n]{0,200}?[\\s\"]-p" + BARE),
            starting("password", "mariadb", "[a-z-]{0,10}\\b[^\\n]{0,200}?[\\s\"]-p" + BARE),
            starting("password", "redis-cli", "\\b[^\\n]{0,200}?[\\s\"]-a" + GAP + BARE),
            starting("password", "ldap", "[a-z]{2,10}\\b[^\\n]{0,200}?[\\s\"]-w" + GAP + BARE),
            starting("password", "login", "\\b[^\\n]{0,120}?[\\s\"]-p" + GAP + BARE),
            starting("password", "IDENTIFIED BY ", "'([^'\\n]{1,200})'"),
            starting("password", "identified by ", "'([^'\\n]{1,200})'"),
            starting("password", "ConvertTo-SecureString ", "(?:-\\w{1,16}\\s){0,3}\\\\?[\"']?([^\\s\"'\\\\]{4,200})"));

    static final List<Shape> ALL =
            Stream.of(EVERYWHERE, COMMANDS).flatMap(List::stream).toList();

    private static final int LONGEST_USER_PART = 430;

    private TransportShapes() {}

    /** Most URLs name nobody before their host. */
    private static boolean hasUserPart(CharSequence text, int start, int end) {
        int limit = Math.min(text.length(), end + LONGEST_USER_PART);
        for (int at = end; at < limit; at++) {
            char c = text.charAt(at);
            if (c == '@') {
                return true;
            }
            if (c <= ' ' || c == '/' || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>') {
                return false;
            }
        }
        return false;
    }
}
