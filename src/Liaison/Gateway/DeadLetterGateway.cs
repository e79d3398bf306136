using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;

namespace Liaison.Gateway;

/// <summary>The one way to look at dead letters, to discard them, and to let their values expire; each is judged by role and recorded.</summary>
/// <remarks>Safe for concurrent use. Replaying one is a pipeline's work.</remarks>
public sealed class DeadLetterGateway(Gate gate, IDeadLetterStore letters, TimeProvider time, AuditValues? values = null)
{
    private const int Page = 200;

    private static readonly RecordType Letter = new("dead-letter");

    private static readonly Role[] Lookers = [Role.Operator, Role.Auditor, Role.Admin];

    // What the engine does by itself stands in the audit under its own name.
    internal static readonly Caller Engine = new(new Subject(SubjectKind.Principal, "liaison"), new Actor("retention"), Purpose.Administration);

    /// <summary>Lists dead letters, oldest first; takes the role operator, auditor or admin.</summary>
    public Task<Result<IReadOnlyList<DeadLetter>>> ListAsync(Caller caller, DeadLetterQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return gate.PassAsync(
            RequestOf(caller, "dead-letters.list", query.Connection),
            "look at dead letters",
            Lookers,
            async () => Result<IReadOnlyList<DeadLetter>>.Of(await letters.ListAsync(query, cancellationToken)),
            cancellationToken,
            found => Closing(found.Select(letter => letter.Record.Id)));
    }

    /// <summary>Shows one dead letter.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for one that is not there.</returns>
    public async Task<Result<DeadLetter>> ShowAsync(Caller caller, string id, CancellationToken cancellationToken = default)
    {
        var found = await letters.FindAsync(id, cancellationToken);
        return await gate.PassAsync(
            RequestOf(caller, "dead-letters.show", found?.Record.Connection),
            "look at dead letters",
            Lookers,
            () => Task.FromResult(found is null ? Unknown(id) : Result<DeadLetter>.Of(found)),
            cancellationToken,
            letter => Closing([letter.Record.Id]));
    }

    /// <summary>Opens the values that a letter keeps encrypted; takes the role auditor, and that somebody looked is recorded.</summary>
    /// <returns>The values; none where the audit keeps none or the retention took them.</returns>
    public async Task<Result<IReadOnlyList<AuditedValue>>> RevealAsync(Caller caller, string id, CancellationToken cancellationToken = default)
    {
        var found = await letters.FindAsync(id, cancellationToken);
        return await gate.PassAsync(
            RequestOf(caller, "dead-letters.reveal", found?.Record.Connection),
            "look at the values of dead letters",
            [Role.Auditor],
            () => Task.FromResult(found switch
            {
                null => Unknown(id),
                { Operation.Values: { } held } when values is not null => values.Open(held),
                _ => Result<IReadOnlyList<AuditedValue>>.Of([]),
            }),
            cancellationToken,
            opened => Closing(opened.Select(value => value.Record)));
    }

    /// <summary>Discards one letter, or every waiting one that a query selects; takes the role operator.</summary>
    /// <param name="id">The letter; <see langword="null"/> for those of the query.</param>
    /// <param name="query">Which letters; its state and limit are not looked at, and with an id nothing of it is.</param>
    /// <param name="reason">Why, in one sentence; stored with each and recorded.</param>
    /// <returns>How many were discarded; <see cref="FailureKind.Conflict"/> for one letter that is not waiting.</returns>
    public async Task<Result<int>> DiscardAsync(
        Caller caller, string? id, DeadLetterQuery query, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        var found = id is null ? null : await letters.FindAsync(id, cancellationToken);
        return await gate.PassAsync(
            RequestOf(caller, "dead-letters.discard", id is null ? query.Connection : found?.Record.Connection) with { Reason = reason },
            "discard dead letters",
            [Role.Operator],
            () => id is null ? DiscardAllAsync(caller, query, reason, cancellationToken) : DiscardOneAsync(caller, id, found, reason, cancellationToken),
            cancellationToken,
            count => new AuditClosing { Summary = FormattableString.Invariant($"{count} discarded") });
    }

    /// <summary>Removes values of letters, and closed letters, that are older than the retention; recorded where there was anything.</summary>
    public async Task<int> ExpireAsync(TimeSpan keep, CancellationToken cancellationToken = default)
    {
        var changed = await letters.PurgeAsync(time.GetUtcNow() - keep, cancellationToken);
        if (changed > 0)
        {
            await gate.RecordAsync(
                RequestOf(Engine, "dead-letters.expire"),
                () => Task.FromResult<Result<int>>(changed),
                cancellationToken,
                count => new AuditClosing { Summary = FormattableString.Invariant($"{count} expired after {keep.TotalDays} days") });
        }

        return changed;
    }

    /// <summary>Closes the waiting letters of a pipeline whose records a newer run has succeeded with; recorded where there were any (R143).</summary>
    /// <remarks>A replay finds that out by itself as long as the items of the newer run are kept; before they are dropped it is asked for all.</remarks>
    public async Task<int> SupersedeAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        var superseded = 0;
        var query = new DeadLetterQuery(Limit: Page) { Pipeline = pipeline };
        IReadOnlyList<DeadLetter> page;
        do
        {
            page = await letters.ListAsync(query, cancellationToken);
            var closings = new List<DeadLetterClosing>();
            foreach (var letter in page)
            {
                if (await letters.FindNewerAsync(letter, cancellationToken) is { } newer)
                {
                    closings.Add(Superseded(letter, newer));
                }
            }

            superseded += await letters.CloseAsync(closings, cancellationToken);
            query = query with { After = page.Count > 0 ? page[^1] : null };
        }
        while (page.Count == Page);

        if (superseded > 0)
        {
            await gate.RecordAsync(
                RequestOf(Engine, "dead-letters.supersede"),
                () => Task.FromResult<Result<int>>(superseded),
                cancellationToken,
                count => new AuditClosing { Summary = FormattableString.Invariant($"{count} superseded before items were dropped") });
        }

        return superseded;
    }

    // An older score must not overwrite a newer one, and a record that has its score needs none of before (R143).
    internal static DeadLetterClosing Superseded(DeadLetter letter, NewerSuccess newer) => new(
        letter, DeadLetterState.Superseded, "liaison", $"Run {newer.RunId} succeeded with this record later, so that there is nothing to replay.");

    internal static GateRequest RequestOf(Caller caller, string action, ConnectionName? connection = null) =>
        new(caller, connection ?? AdministrationGateway.Installation, Letter, action);

    internal static AuditClosing Closing(IEnumerable<string> records, string? summary = null) =>
        new() { Records = [.. records.Distinct(StringComparer.Ordinal)], Summary = summary };

    internal static Failure Unknown(string id) => new(
        FailureKind.NotFound, $"There is no dead letter \"{id}\", or more than one run begins so; liaison dead-letter list shows them.");

    private async Task<Result<int>> DiscardOneAsync(Caller caller, string id, DeadLetter? found, string reason, CancellationToken cancellationToken) =>
        found is not { } letter ? Unknown(id)
            : await CloseAsync(caller, [letter], reason, cancellationToken) is > 0 and var closed ? closed
            : new Failure(FailureKind.Conflict, $"Dead letter {letter.Id} is {letter.State} and does not wait; there is nothing to discard.");

    private async Task<Result<int>> DiscardAllAsync(Caller caller, DeadLetterQuery query, string reason, CancellationToken cancellationToken)
    {
        var discarded = 0;
        IReadOnlyList<DeadLetter> page;
        do
        {
            page = await letters.ListAsync(query with { State = DeadLetterState.Waiting, Limit = Page, After = null }, cancellationToken);
            discarded += await CloseAsync(caller, page, reason, cancellationToken);
        }
        while (page.Count == Page);

        return discarded;
    }

    private Task<int> CloseAsync(Caller caller, IReadOnlyList<DeadLetter> closed, string reason, CancellationToken cancellationToken) => letters.CloseAsync(
        [.. closed.Select(letter => new DeadLetterClosing(letter, DeadLetterState.Discarded, caller.Subject.Id, reason))], cancellationToken);
}
