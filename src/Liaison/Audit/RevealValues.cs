using Liaison.Failures;
using Liaison.Identity;
using Liaison.Work;

namespace Liaison.Audit;

/// <summary>Shows record values that the audit keeps encrypted; that somebody looked is itself an entry of the audit.</summary>
public sealed class RevealValues(AuditTrail audit, AuditValues values, IdSource ids)
{
    /// <summary>The action under which looking is recorded.</summary>
    public const string Action = "audit.reveal";

    /// <summary>Opens the values of entries, after it is recorded who looks at which records.</summary>
    /// <returns>The values in the order of the entries, none for an entry that holds none; a failure where one does not open.</returns>
    public async Task<Result<IReadOnlyList<IReadOnlyList<AuditedValue>>>> RevealAsync(
        Caller caller, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(entries);
        var traces = new List<AuditTrace>();
        foreach (var group in entries.Where(entry => entry.Values is not null).GroupBy(entry => (entry.Connection, entry.Environment, entry.Type)))
        {
            traces.Add(await audit.OpenAsync(
                new AuditTrace(
                    ids.Next("trc"), caller, group.Key.Connection, group.Key.Environment, Action, group.Key.Type,
                    Distinct(group, entry => entry.Records), Distinct(group, entry => entry.Fields)),
                cancellationToken));
        }

        var opened = entries.Select(entry => entry.Values is { } text ? values.Open(text) : Result<IReadOnlyList<AuditedValue>>.Of([])).ToList();
        var failure = opened.Select(each => each.Failure).FirstOrDefault(each => each is not null);
        foreach (var trace in traces)
        {
            await audit.CloseAsync(trace, failure, new AuditClosing(), CancellationToken.None);
        }

        return failure is null
            ? Result<IReadOnlyList<IReadOnlyList<AuditedValue>>>.Of([.. opened.Select(each => each.TryGet(out var shown, out _) ? shown : [])])
            : failure;
    }

    private static List<string> Distinct(IEnumerable<AuditEntry> entries, Func<AuditEntry, IReadOnlyList<string>> part) =>
        [.. entries.SelectMany(part).Distinct(StringComparer.Ordinal)];
}
