using System.Collections.Frozen;

namespace Liaison.Writeback.Checks;

/// <summary>Finds e-mail addresses, web addresses and bare domains.</summary>
internal static class AddressScan
{
    // A bare "Node.js" or "e.g." is no domain; whatever has a scheme, "www." or a path is one whatever its ending.
    private static readonly FrozenSet<string> Endings = FrozenSet.Create(
        StringComparer.Ordinal,
        "academy", "ae", "agency", "ai", "app", "at", "au", "be", "biz", "bg", "br", "ca", "cc", "ch", "cl", "cloud", "club", "cn", "co", "com", "cz", "de",
        "dev", "digital", "dk", "edu", "ee", "es", "eu", "fi", "fr", "gmbh", "gov", "gr", "group", "hk", "hr", "hu", "ie", "il", "info", "io", "ir",
        "it", "jp", "kr", "li", "lt", "lu", "lv", "ly", "me", "mil", "mx", "my", "net", "nl", "no", "nz", "online", "org", "pl", "pt", "ro", "rs", "ru", "se", "sg",
        "shop", "si", "site", "sk", "store", "team", "tech", "test", "tr", "tv", "tw", "ua", "uk", "us", "vn", "xyz", "za");

    private const string Openers = "([{<\"'`\u00AB\u201C\u201E\u2018,;:=|";
    private const string Closers = ")]}>\"'`\u00BB\u201D\u201C.,;:!?|*_";

    /// <summary>Finds the addresses of a plain copy, in order, none within another.</summary>
    public static IReadOnlyList<FoundClaim> Of(string plain)
    {
        var found = new List<FoundClaim>();
        var at = 0;
        while (at < plain.Length)
        {
            if (char.IsWhiteSpace(plain[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < plain.Length && !char.IsWhiteSpace(plain[at]))
            {
                at++;
            }

            Read(plain, start, at, found);
        }

        return found;
    }

    /// <summary>Reads a run without blanks, part by part: addresses may hang together by commas, brackets and slashes.</summary>
    private static void Read(string plain, int start, int end, List<FoundClaim> found)
    {
        var run = plain.AsSpan(start, end - start);
        if (!run.ContainsAny('.', '@', ':'))
        {
            return;
        }

        var scheme = run.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 || run.TrimStart(Openers).StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            var opens = scheme < 0 ? run.Length - run.TrimStart(Openers).Length : scheme;
            while (scheme >= 0 && opens > 0 && char.IsAsciiLetter(run[opens - 1]))
            {
                opens--;
            }

            ReadParts(plain, start, start + opens, found);
            AddLink(plain, start + opens, start + opens + run[opens..].TrimEnd(Closers).Length, found);
            return;
        }

        ReadParts(plain, start, end, found);
    }

    private static void ReadParts(string plain, int start, int end, List<FoundClaim> found)
    {
        var at = start;
        while (at < end)
        {
            var stop = at;
            while (stop < end && !IsBreak(plain[stop]))
            {
                stop++;
            }

            var part = plain.AsSpan(at, stop - at);
            if (part.Contains('@'))
            {
                AddEmail(plain, at, stop, found);
            }
            else if (part.Contains('.'))
            {
                // What follows the first slash is a path; it takes in what would else part addresses.
                var path = stop < end && plain[stop] == '/' ? PathEnd(plain, stop, end) : stop;
                stop = AddDomain(plain, at, stop, path, found) ? path : stop;
            }

            at = Math.Max(stop, at) + 1;
        }
    }

    private static bool IsBreak(char sign) => sign is '/' or ',' or ';' or ':' or '|' or '\\' or '?' or '&' or '=' or '!' or '~' or '^' or '$' or '%' or '#' or '*'
        || "()[]{}<>\"'`\u00AB\u00BB\u201C\u201D\u201E\u2018".Contains(sign, StringComparison.Ordinal);

    private static int PathEnd(string plain, int slash, int end)
    {
        var stop = slash;
        while (stop < end && !"()[]{}<>\"`,;|\u00AB\u00BB\u201C\u201D\u201E".Contains(plain[stop], StringComparison.Ordinal))
        {
            stop++;
        }

        return slash + plain.AsSpan(slash, stop - slash).TrimEnd(Closers).Length;
    }

    private static void AddEmail(string plain, int start, int end, List<FoundClaim> found)
    {
        var part = plain.AsSpan(start, end - start);
        var at = part.LastIndexOf('@');
        var name = part[..at];
        var from = name.Length;
        while (from > 0 && EmailSyntax.IsNameSign(name[from - 1]))
        {
            from--;
        }

        name = name[from..].TrimStart('.');
        var domain = part[(at + 1)..].TrimEnd(".-_+");
        if (name.Length > 0 && DomainSyntax.IsDomain(domain))
        {
            var opens = start + at - name.Length;
            var closes = start + at + 1 + domain.Length;
            found.Add(new FoundClaim.Email(opens, closes, plain[opens..closes].ToLowerInvariant()));
        }
    }

    private static bool AddDomain(string plain, int start, int end, int path, List<FoundClaim> found)
    {
        var bare = plain.AsSpan(start, end - start).Trim("._-+");
        if (!DomainSyntax.IsDomain(bare))
        {
            return false;
        }

        var ending = bare[(bare.LastIndexOf('.') + 1)..].ToString().ToLowerInvariant();
        if (!Endings.Contains(ending))
        {
            return false;
        }

        var opens = start + plain.AsSpan(start, end - start).IndexOf(bare, StringComparison.Ordinal);
        found.Add(LinkOf(plain, opens, path > end ? path : opens + bare.Length, opens));
        return true;
    }

    private static void AddLink(string plain, int start, int end, List<FoundClaim> found)
    {
        var scheme = plain.AsSpan(start, end - start).IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? start : start + scheme + 3;
        if (host < end && char.IsLetterOrDigit(plain[host]))
        {
            found.Add(LinkOf(plain, start, end, host));
        }
    }

    private static FoundClaim.Link LinkOf(string plain, int start, int end, int host)
    {
        var address = plain[host..end].ToLowerInvariant();
        var slash = address.AsSpan().IndexOfAny("/?#");
        var name = (slash < 0 ? address : address[..slash]).TrimEnd('.');
        return new FoundClaim.Link(
            start,
            end,
            name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name,
            slash < 0 ? "" : address[slash..].TrimEnd('/'));
    }
}
