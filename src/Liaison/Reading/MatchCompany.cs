using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>What is known of a company that is looked for; each part may be left out.</summary>
/// <param name="Domain">Its web domain or address.</param>
/// <param name="Email">The address of somebody who works there.</param>
public sealed record CompanyClues(string? Domain, string? Email, string? Name);

/// <summary>The companies that fit: none, the one, or several of which a person has to choose.</summary>
/// <param name="By">What they were found by: <see cref="FieldNames.Domain"/> or <see cref="FieldNames.Name"/>.</param>
public sealed record CompanyMatch(IReadOnlyList<string> Ids, string By);

/// <summary>Finds the right company: by web domain, then by name, and never by the domain of a free mail provider (R84).</summary>
public sealed class MatchCompany(TypeOpener types)
{
    private const int MostCandidates = 100;

    /// <summary>Finds it among the companies that the permit's subject sees.</summary>
    internal async Task<Result<CompanyMatch>> ExecuteAsync(Permit permit, CompanyClues clues, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var byDomain = DomainOf(clues) is { } domain
            ? await FindAsync(open, FieldNames.Domain, Comparison.Equal, domain, cancellationToken)
            : Result<IReadOnlyList<NativeRecord>>.Of([]);
        if (!byDomain.TryGet(out var found, out failure))
        {
            return failure;
        }

        if (found.Count > 0)
        {
            // Several of one domain, as of branches: the name tells which, where it is known.
            var named = clues.Name is null ? found : [.. found.Where(record => IsNamed(open, record, clues.Name))];
            return new CompanyMatch([.. (named.Count > 0 ? named : found).Select(record => record.Id)], FieldNames.Domain);
        }

        return clues.Name is { } name && CompanyNames.TellingWordOf(name) is { } word
            ? (await FindAsync(open, FieldNames.Name, Comparison.Contains, word, cancellationToken)).Then<CompanyMatch>(
                candidates => new CompanyMatch([.. candidates.Where(record => IsNamed(open, record, name)).Select(record => record.Id)], FieldNames.Name))
            : new CompanyMatch([], FieldNames.Name);
    }

    /// <summary>Gives the domain to look for, as CRMs keep it; <see langword="null"/> where none tells of a company.</summary>
    internal static string? DomainOf(CompanyClues clues)
    {
        var domain = clues.Domain is { Length: > 0 } web ? HostOf(web) : clues.Email is { } email ? FreeMail.DomainOf(email) : null;
        return domain is null || FreeMail.HoldsDomain(domain) ? null : domain;
    }

    private static string? HostOf(string web)
    {
        var text = web.Trim().ToLowerInvariant();
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var address)
            || !address.Host.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        return address.Host.StartsWith("www.", StringComparison.Ordinal) ? address.Host[4..] : address.Host;
    }

    private static async Task<Result<IReadOnlyList<NativeRecord>>> FindAsync(
        OpenType open, string field, Comparison by, string value, CancellationToken cancellationToken)
    {
        if (open.Permitted.Find(field) is null || open.Permitted.Find(FieldNames.Name) is not { } name)
        {
            return Result<IReadOnlyList<NativeRecord>>.Of([]);
        }

        var query = new RecordQuery(
            open.Permitted.Type, [name], new RecordFilter.Compare(field, by, new FieldValue.Text(value)), PageSize: MostCandidates);
        return (await open.Session.QueryAsync(query, cursor: null, cancellationToken))
            .Then(page => Result<IReadOnlyList<NativeRecord>>.Of(page.Records));
    }

    private static bool IsNamed(OpenType open, NativeRecord record, string name) =>
        open.Permitted.Find(FieldNames.Name) is { } field
        && record.Values.GetValueOrDefault(field.NativeName).Raw is { } held
        && CompanyNames.KeyOf(name) is { Length: > 0 } key
        && CompanyNames.KeyOf(held) == key;
}
