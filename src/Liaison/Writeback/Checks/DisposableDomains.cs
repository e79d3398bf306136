using System.Collections.Frozen;

namespace Liaison.Writeback.Checks;

/// <summary>The best-known providers of mailboxes that are gone tomorrow; lists of thousands age by the day and belong to enrichment.</summary>
internal static class DisposableDomains
{
    private static readonly FrozenSet<string> Domains = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "10minutemail.com", "20minutemail.com", "discard.email", "dispostable.com", "emailondeck.com", "fakeinbox.com",
        "getairmail.com", "getnada.com", "grr.la", "guerrillamail.biz", "guerrillamail.com", "guerrillamail.de", "guerrillamail.info",
        "guerrillamail.net", "guerrillamail.org", "guerrillamailblock.com", "inboxkitten.com", "incognitomail.com", "jetable.org",
        "mailcatch.com", "maildrop.cc", "mailinator.com", "mailinator.net", "mailnesia.com", "mailnull.com",
        "mailpoof.com", "mailsac.com", "mintemail.com", "mohmal.com", "mytemp.email", "mytrashmail.com", "nada.email", "sharklasers.com",
        "spam4.me", "spambox.us", "temp-mail.org", "tempail.com", "tempinbox.com",
        "tempmailo.com", "tempr.email", "throwawaymail.com", "trashmail.com", "trashmail.de", "trashmail.net", "wegwerfmail.de",
        "yopmail.com", "yopmail.fr", "yopmail.net");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Domains.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a domain, or one above it, is such a provider's.</summary>
    public static bool Has(ReadOnlySpan<char> domain)
    {
        while (!BySpan.Contains(domain))
        {
            var dot = domain.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }

            domain = domain[(dot + 1)..];
        }

        return true;
    }
}
