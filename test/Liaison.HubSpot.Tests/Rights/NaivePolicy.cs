using Liaison.Model;
using Liaison.Policy;

namespace Liaison.HubSpot.Tests.Rights;

/// <summary>A second reading of a policy, written from its description and slower on purpose: every question is asked of every entry anew.</summary>
internal static class NaivePolicy
{
    /// <summary>Gives the properties that may be read.</summary>
    internal static HashSet<string> Readable(PolicyOptions policy, string subject, string actor, string purpose, string type, IEnumerable<string> properties)
    {
        var readable = new HashSet<string>();
        foreach (var property in properties)
        {
            var opened = false;
            var closed = false;
            foreach (var grant in Fitting(policy, subject, actor, purpose))
            {
                opened |= grant.Read.TryGetValue(type, out var names) && Names(policy, type, names, property);
                closed |= grant.None.TryGetValue(type, out var none) && none.Intersect(Spellings(type, property)).Any();
            }

            if (policy.Purposes.TryGetValue(purpose, out var covers) && covers.Read is { } covered)
            {
                closed |= !covered.TryGetValue(type, out var names) || !Names(policy, type, names, property);
            }

            if (policy.Agents.TryGetValue(actor, out var may) && may.Read is { } allowed)
            {
                closed |= !allowed.TryGetValue(type, out var names) || !Names(policy, type, names, property);
            }

            if (opened && !closed)
            {
                readable.Add(property);
            }
        }

        return readable;
    }

    /// <summary>Tells whether a property may be proposed to be written.</summary>
    internal static bool IsWritable(PolicyOptions policy, string subject, string actor, string purpose, string type, string property)
    {
        var opened = Fitting(policy, subject, actor, purpose).Any(grant => Opens(grant.Write, type, property));
        var none = Fitting(policy, subject, actor, purpose).Any(grant => grant.None.TryGetValue(type, out var names) && names.Intersect(Spellings(type, property)).Any());
        var covered = !policy.Purposes.TryGetValue(purpose, out var covers) || covers.Write is null || Opens(covers.Write, type, property);
        var allowed = !policy.Agents.TryGetValue(actor, out var may) || may.Write is null || Opens(may.Write, type, property);
        return opened && !none && covered && allowed;
    }

    private static bool Opens(IReadOnlyDictionary<string, IReadOnlyDictionary<string, WriteLevel>> write, string type, string property) =>
        write.TryGetValue(type, out var levels) && Spellings(type, property).Any(name => levels.TryGetValue(name, out var level) && level != WriteLevel.Off);

    private static IEnumerable<GrantOptions> Fitting(PolicyOptions policy, string subject, string actor, string purpose)
    {
        foreach (var grant in policy.Grants)
        {
            var holds = grant.Role.Length == 0
                ? grant.Subject == subject
                : policy.Members.Any(member => member.Subject == subject && member.Roles.Contains(grant.Role));
            if (holds
                && grant.Connections.Contains(RightsEngine.Portal.Value)
                && grant.Purposes.Contains(purpose)
                && (grant.Actors.Contains("*") || grant.Actors.Contains(actor)))
            {
                yield return grant;
            }
        }
    }

    private static bool Names(PolicyOptions policy, string type, IReadOnlyList<string> names, string property)
    {
        var delicate = policy.Sensitive.TryGetValue(type, out var tiers)
            && Spellings(type, property).Any(name => tiers.TryGetValue(name, out var tier) && tier != Sensitivity.Normal);
        return names.Intersect(Spellings(type, property)).Any() || (names.Contains("*") && !delicate);
    }

    private static string[] Spellings(string type, string property) => (type, property) switch
    {
        ("contact", "firstname") => [property, "first_name"],
        ("contact", "mobilephone") => [property, "mobile_phone"],
        ("contact", "jobtitle") => [property, "job_title"],
        ("contact", "hs_email_open") => [property, "emails_opened"],
        ("company", "annualrevenue") => [property, "annual_revenue"],
        ("deal", "dealname") => [property, "name"],
        _ => [property],
    };
}
