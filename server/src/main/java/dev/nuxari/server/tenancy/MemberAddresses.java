package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.MemberId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Which of the open scope's members has which e-mail address. Addresses are compared without regard to case. */
@Component
public class MemberAddresses {
    private final OrganizationJdbc jdbc;

    MemberAddresses(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The members by their addresses in lower case. Should two share one, the member who came first counts. */
    public Map<String, MemberId> of(Collection<String> addresses) {
        Map<String, MemberId> members = new HashMap<>();
        jdbc.sql("""
                SELECT lower(email) AS address, member_id
                FROM member
                WHERE organization_id = :organizationId AND lower(email) = ANY (CAST(:addresses AS text[]))
                ORDER BY member_id
                """)
                .param(
                        "addresses",
                        addresses.stream()
                                .map(address -> address.toLowerCase(Locale.ROOT))
                                .distinct()
                                .toArray(String[]::new))
                .list((row, _) ->
                        Map.entry(row.getString("address"), new MemberId(row.getObject("member_id", UUID.class))))
                .forEach(found -> members.putIfAbsent(found.getKey(), found.getValue()));
        return members;
    }
}
