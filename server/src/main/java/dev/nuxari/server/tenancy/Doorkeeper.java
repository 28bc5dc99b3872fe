package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Ticket.Door;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes callers. Only the authentication layer and the timer dispatcher may ask it; a test holds everybody else off.
 */
@Component
public class Doorkeeper {
    /** Long enough for the slowest request; a caller is made anew for each. */
    private static final Duration VALID_FOR = Duration.ofMinutes(5);

    private final TicketKey key;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Doorkeeper(TenancyConfig config, JdbcClient jdbc, InstantSource clock) {
        this.key = config.ticketKey();
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Admits a person whom the broker has authenticated.
     *
     * @param organization the organization the broker signed
     * @param subject the broker's {@code sub}
     * @param knownTerms the version of the organization's terms that need not be told again; 0 for none
     * @return empty if the person is not an active member of an active organization
     */
    public Optional<MemberAdmission> admitMember(
            OrganizationId organization, String subject, Origin origin, int knownTerms) {
        Ticket ticket = ticket(Door.MEMBER, organization, subject);
        return jdbc.sql("""
                SELECT organization_id, member_id, email, display_name, role, terms_version, terms
                FROM admit_member(:organization, :subject, :expires, decode(:mac, 'hex'), :known)
                """)
                .param("organization", organization.value())
                .param("subject", subject)
                .param("expires", ticket.expiresAt().toEpochMilli())
                .param("mac", ticket.mac())
                .param("known", knownTerms)
                .query((row, _) -> new MemberAdmission(
                        new Caller(ticket, membership(row), origin), row.getInt("terms_version"), terms(row)))
                .optional();
    }

    /** The server acting by itself for one organization, under a name that the audit log shows. */
    public Caller admitSystem(OrganizationId organization, String name) {
        return admitSystem(organization, name, Origin.SERVER);
    }

    /** The same where somebody's request made it act, so that the log says where that came from. */
    public Caller admitSystem(OrganizationId organization, String name, Origin origin) {
        var membership = new Caller.Membership(organization, ActorId.system(name), "", name, Optional.empty());
        return new Caller(ticket(Door.SYSTEM, organization, name), membership, origin);
    }

    /**
     * Admits whoever holds the token of a share link, to what the link shares.
     *
     * @param organization the organization that the token names
     * @param tokenHash the SHA-256 of the token
     */
    public ShareAdmission admitShare(OrganizationId organization, String tokenHash, Origin origin) {
        Ticket ticket = ticket(Door.SHARE, organization, tokenHash);
        return jdbc.sql("""
                SELECT share_id, refusal FROM admit_share(:organization, :hash, :expires, decode(:mac, 'hex'))
                """)
                .param("organization", organization.value())
                .param("hash", tokenHash)
                .param("expires", ticket.expiresAt().toEpochMilli())
                .param("mac", ticket.mac())
                .query((row, _) -> admission(row, ticket, origin))
                .optional()
                .orElseGet(ShareAdmission.Unknown::new);
    }

    private static ShareAdmission admission(ResultSet row, Ticket ticket, Origin origin) throws SQLException {
        UUID share = row.getObject("share_id", UUID.class);
        String refusal = row.getString("refusal");
        if (refusal != null) {
            return new ShareAdmission.Refused(share, refusal);
        }
        var membership =
                new Caller.Membership(ticket.organization(), ActorId.share(share), "", "share link", Optional.empty());
        return new ShareAdmission.Admitted(share, new Caller(ticket, membership, origin));
    }

    /**
     * Looks whose token this is. That whoever shows it has the agent's key is for the authentication layer to see, with the key
     * that is answered here.
     *
     * @param organization the organization that the token names
     * @param tokenHash the SHA-256 of the token
     */
    public AgentAdmission admitAgent(OrganizationId organization, String tokenHash, Origin origin) {
        Ticket ticket = ticket(Door.AGENT, organization, tokenHash);
        return jdbc.sql("""
                SELECT agent_id, token_id, public_key, is_first_use, seen_at, ended_at, state
                FROM admit_agent(:organization, :hash, :expires, decode(:mac, 'hex'))
                """)
                .param("organization", organization.value())
                .param("hash", tokenHash)
                .param("expires", ticket.expiresAt().toEpochMilli())
                .param("mac", ticket.mac())
                .query((row, _) -> agentAdmission(row, ticket, origin))
                .optional()
                .orElseGet(AgentAdmission.Unknown::new);
    }

    private static AgentAdmission agentAdmission(ResultSet row, Ticket ticket, Origin origin) throws SQLException {
        UUID agent = row.getObject("agent_id", UUID.class);
        byte[] publicKey = row.getBytes("public_key");
        Instant ended = instant(row, "ended_at");
        if (ended != null || !row.getString("state").equals("active")) {
            return new AgentAdmission.Ended(agent, publicKey, row.getString("state"), ended);
        }
        var membership =
                new Caller.Membership(ticket.organization(), ActorId.agent(agent), "", "agent", Optional.empty());
        return new AgentAdmission.Admitted(
                agent,
                row.getObject("token_id", UUID.class),
                publicKey,
                row.getBoolean("is_first_use"),
                instant(row, "seen_at"),
                new Caller(ticket, membership, origin));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Where a person whom the broker has named is a member, active or not; without the organizations that are not active. */
    public List<OrganizationId> organizationsOf(String subject) {
        Instant expiresAt = clock.instant().plus(VALID_FOR);
        return jdbc.sql("SELECT organizations_of(:subject, :expires, decode(:mac, 'hex'))")
                .param("subject", subject)
                .param("expires", expiresAt.toEpochMilli())
                .param("mac", key.personMac(subject, expiresAt))
                .query((row, _) -> new OrganizationId(row.getObject(1, UUID.class)))
                .list();
    }

    private Ticket ticket(Door door, OrganizationId organization, String subject) {
        return key.ticket(door, organization, subject, clock.instant().plus(VALID_FOR));
    }

    private static Json.@Nullable Obj terms(ResultSet row) throws SQLException {
        String terms = row.getString("terms");
        return terms == null ? null : Json.parseObject(terms);
    }

    private static Caller.Membership membership(ResultSet row) throws SQLException {
        return new Caller.Membership(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                ActorId.of(new MemberId(row.getObject("member_id", UUID.class))),
                row.getString("email"),
                row.getString("display_name"),
                Optional.of(Role.parse(row.getString("role"))));
    }
}
