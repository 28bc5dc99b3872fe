package dev.nuxari.server.access;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.server.tenancy.MemberAddresses;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says whose accounts are: an account belongs to the member with the same address. Asked when it matters instead of stored,
 * so that a member who was enrolled after an observation is known too.
 */
@Component
class Correlation {
    private final MemberAddresses addresses;

    Correlation(MemberAddresses addresses) {
        this.addresses = addresses;
    }

    /** Accounts of nobody in particular are not among the keys. */
    Map<AccountId, MemberId> membersOf(Collection<Account> accounts) {
        Map<String, MemberId> members = addresses.of(
                accounts.stream().map(Account::email).filter(Objects::nonNull).toList());
        Map<AccountId, MemberId> found = new HashMap<>();
        for (Account account : accounts) {
            Optional.ofNullable(account.email())
                    .map(address -> members.get(address.toLowerCase(Locale.ROOT)))
                    .ifPresent(owner -> found.put(account.id(), owner));
        }
        return found;
    }
}
