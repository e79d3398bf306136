using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors.Mapped;

/// <summary>Writes only what the user edits: records that stand within the scope, and new ones that come to stand there.</summary>
internal sealed class ScopedWrites(IConnectorSession session, RecordScope scope, OwnedRecords owned)
{
    private static readonly Failure Outside = new(
        FailureKind.NotFound, "There is no such record for this caller: it is deleted, unknown, not visible or not the caller's to edit.");

    public async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var links = writes.SelectMany(write => write.Links).ToList();
        if (!(await WithinAsync(type, writes.Select(write => write.Id).OfType<string>(), cancellationToken)).TryGet(out var records, out var failure)
            || !(await LinkedAsync(links, cancellationToken)).TryGet(out var linked, out failure))
        {
            return failure;
        }

        var sent = await SendAsync(
            [.. writes.Select(write => Owned(type, write))],
            write => write.Key,
            write => write.Id is { } id && !records.Contains(id) ? Outside
                : !write.Links.All(linked.Contains) ? Outside
                : IsGivenAway(type, write) ? Denied("giving records to an owner outside what the user edits")
                : null,
            kept => session.WriteAsync(type, kept, cancellationToken));
        return sent.TryGet(out var outcomes, out failure) ? await WithoutTracesAsync(type, outcomes) : failure;
    }

    /// <summary>Looks first and then changes or makes by what was found: the account's own upsert would reach into any record that holds the value.</summary>
    public async Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        var found = await session.FindAsync(type, by, [.. upserts.Select(upsert => upsert.Value)], [], cancellationToken);
        if (!found.TryGet(out var standing, out var failure))
        {
            return failure;
        }

        var ids = standing.Records.ToDictionary(record => record.RequestedId ?? record.Id, record => record.Id, StringComparer.OrdinalIgnoreCase);
        var (changes, makes) = (upserts.Where(upsert => ids.ContainsKey(upsert.Value)), upserts.Where(upsert => !ids.ContainsKey(upsert.Value)));
        var same = makes.GroupBy(upsert => upsert.Value, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.First().Key, group => group.ToList(), StringComparer.Ordinal);
        var written = await WriteAsync(
            type,
            [
                .. changes.Select(upsert => new RecordWrite(upsert.Key, ids[upsert.Value], upsert.Values)),
                .. same.Values.Select(group => MakingOf(by, group)),
            ],
            cancellationToken);
        return written.Then(outcomes => Result<IReadOnlyList<WriteOutcome>>.Of(
        [
            .. outcomes.SelectMany(outcome => same.TryGetValue(outcome.Key, out var group)
                ? group.Select(upsert => outcome with { Key = upsert.Key, Created = outcome.Failure is null ? true : null })
                : [outcome with { Created = outcome.Failure is null ? false : null }]),
        ]));
    }

    public async Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) =>
        (await WithinAsync(from, links.Select(link => link.FromId), cancellationToken)).TryGet(out var begins, out var failure)
        && (await WithinAsync(to, links.Select(link => link.ToId), cancellationToken)).TryGet(out var ends, out failure)
            ? await SendAsync(
                links,
                link => link.Key,
                link => begins.Contains(link.FromId) && ends.Contains(link.ToId) ? null : Outside,
                kept => session.LinkAsync(from, to, kept, cancellationToken))
            : failure;

    public async Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) =>
        (await WithinAsync(type, deletes.Select(delete => delete.Id), cancellationToken)).TryGet(out var records, out var failure)
            ? await SendAsync(
                deletes,
                delete => delete.Key,
                delete => records.Contains(delete.Id) ? null : Outside,
                kept => session.DeleteAsync(type, kept, cancellationToken))
            : failure;

    internal static Failure Denied(string what) => new(
        FailureKind.Denied, $"The mapping of this user does not cover {what}; an administrator of the CRM can do it.")
    {
        DeniedBy = DeniedBy.CrmUser,
    };

    private static async Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync<T>(
        IReadOnlyList<T> asked, Func<T, string> key, Func<T, Failure?> refuse, Func<IReadOnlyList<T>, Task<Result<IReadOnlyList<WriteOutcome>>>> send)
    {
        var judged = asked.Select(write => (Write: write, Refusal: refuse(write))).ToList();
        List<T> kept = [.. judged.Where(each => each.Refusal is null).Select(each => each.Write)];
        var refused = judged.Where(each => each.Refusal is not null).Select(each => new WriteOutcome(key(each.Write), null, each.Refusal));
        var sent = kept.Count > 0 ? await send(kept) : Result<IReadOnlyList<WriteOutcome>>.Of([]);
        return sent.Then(outcomes => Result<IReadOnlyList<WriteOutcome>>.Of([.. outcomes, .. refused]));
    }

    private static RecordWrite MakingOf(FieldDefinition by, List<RecordUpsert> same)
    {
        var values = new Dictionary<string, NativeValue>(StringComparer.Ordinal) { [by.NativeName] = NativeValue.OfText(same[0].Value) };
        foreach (var (name, value) in same.SelectMany(upsert => upsert.Values))
        {
            values[name] = value;
        }

        return new(same[0].Key, null, values);
    }

    private async Task<Result<IReadOnlySet<string>>> WithinAsync(RecordType type, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        scope.MayWrite ? await owned.WithinAsync(type, ids, cancellationToken) : Denied("writing with a permit to read");

    private async Task<Result<IReadOnlySet<RecordLink>>> LinkedAsync(IReadOnlyList<RecordLink> links, CancellationToken cancellationToken)
    {
        var within = new HashSet<RecordLink>();
        foreach (var group in links.GroupBy(link => link.ToType))
        {
            if (!(await WithinAsync(group.Key, group.Select(link => link.ToId), cancellationToken)).TryGet(out var ends, out var failure))
            {
                return failure;
            }

            within.UnionWith(group.Where(link => ends.Contains(link.ToId)));
        }

        return Result<IReadOnlySet<RecordLink>>.Of(within);
    }

    // What somebody makes is theirs, as in the CRM's own screens; the account's token would make it nobody's.
    private RecordWrite Owned(RecordType type, RecordWrite write) =>
        write.Id is null && owned.OwnerFieldOf(type) is { } owner && !write.Values.ContainsKey(owner.NativeName)
            ? write with { Values = new Dictionary<string, NativeValue>(write.Values) { [owner.NativeName] = NativeValue.OfText(scope.Self) } }
            : write;

    private bool IsGivenAway(RecordType type, RecordWrite write) => owned.OwnerFieldOf(type) is { } owner
        ? write.Values.TryGetValue(owner.NativeName, out var given) && !scope.Contains(given.Raw)
        : write.Id is null && !scope.IsWhole;

    /// <summary>Takes ids of records outside out of the CRM's refusals: that a value is taken is told, by whom is not.</summary>
    private async Task<Result<IReadOnlyList<WriteOutcome>>> WithoutTracesAsync(RecordType type, IReadOnlyList<WriteOutcome> outcomes)
    {
        // No token: the CRM has taken its writes already.
        var standing = outcomes.Select(outcome => outcome.Failure?.ExistingId).OfType<string>().ToList();
        var told = standing.Count > 0 && (await WithinAsync(type, standing, CancellationToken.None)).TryGet(out var within, out _) ? within : null;
        return Result<IReadOnlyList<WriteOutcome>>.Of([.. outcomes.Select(outcome => outcome.Failure is { ExistingId: { } id } taken && told?.Contains(id) != true
            ? outcome with { Failure = taken with { ExistingId = null, Message = $"There is a {type} with these values already, outside what the caller edits." } }
            : outcome)]);
    }
}
