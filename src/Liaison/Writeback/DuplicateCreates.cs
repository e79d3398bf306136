using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Writeback;

/// <summary>Keeps one record from being made twice: looks in the CRM, among the creates that are on their way, and among those that failed.</summary>
/// <remarks>
/// The CRM's own refusal stands behind it where there is one (R132, R134). A search index lags behind the records by a minute or so, so that
/// what was made lately is known from the store (R47, R144).
/// </remarks>
public sealed class DuplicateCreates(IChangeSetStore store, IWorkStore work, PolicyInForce policy, TimeProvider time)
{
    private const int Most = 20;

    // Longer than any search index lags (contracts/hubspot.md 7).
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    private readonly Turns turns = new(work, time);

    /// <summary>Looks before a create is proposed.</summary>
    /// <returns>What an approver should see of earlier tries; <see cref="FailureKind.Duplicate"/> where the record stands or is on its way.</returns>
    internal async Task<Result<IReadOnlyList<string>>> BeforeProposalAsync(
        Permit permit, OpenType open, ChangeAction.CreateRecord create, CancellationToken cancellationToken)
    {
        var named = create.Fields.Select(change => (Field: open.Permitted.Find(change.Field), Value: TextOf(change.Value))).Where(pair => pair.Field is not null);
        if (NaturalKey.Of([.. named.Select(pair => (pair.Field!, pair.Value))], policy.Options.PlusAddressesAreOne) is not { } key)
        {
            return Result<IReadOnlyList<string>>.Of([]);
        }

        if (await StandingAsync(open, key, cancellationToken) is { } standing)
        {
            return standing;
        }

        var failed = 0;
        foreach (var row in await OthersAsync(key.Hash(create.Target), exceptId: "", cancellationToken))
        {
            switch (row.State)
            {
                case ChangeState.Waiting or ChangeState.Approved or ChangeState.Applying:
                    var own = row.Proposer.Subject == permit.Caller.Subject ? $" (change {row.Id})" : "";
                    return new Failure(FailureKind.Duplicate, $"A {create.Type} with this {key.Field.Name} is on its way already{own}; it is decided first.") { Field = key.Field.Name };

                case ChangeState.Applied or ChangeState.Verified when IsLate(row):
                    return MadeLately(key, create.Type);

                case ChangeState.Failed:
                    failed++;
                    break;
            }
        }

        return Result<IReadOnlyList<string>>.Of(failed == 0 ? [] : [$"{failed} earlier {(failed == 1 ? "try" : "tries")} to make a {create.Type} with this {key.Field.Name} failed; look whether it stands in the CRM."]);
    }

    /// <summary>Waits for the turn in which a create is taken up and the others of its kind are looked at, on whichever node.</summary>
    /// <remarks>
    /// Two that are taken up at once might else each miss the other, which is not yet to be seen, or take themselves for the first, by
    /// clocks that tell no difference. Some hundred names stand for all keys, so that those of one name go one by one, which takes no
    /// longer than storing them: each name stays for good, in the process and as a file beside an embedded store.
    /// </remarks>
    /// <returns>The turn, which ends with its disposal; <see langword="null"/> for a change that makes nothing of which there is to be one.</returns>
    internal async Task<IAsyncDisposable?> TurnAsync(ChangeSetRow row, CancellationToken cancellationToken) =>
        row.NaturalKey is { } hash ? await turns.TakeAsync($"creates {hash[..2]}", cancellationToken) : null;

    /// <summary>Looks, within its turn, at the others of a create that has been taken up for sending: of several of the same, the first is sent.</summary>
    /// <param name="row">The create, as it stands in <see cref="ChangeState.Applying"/>: what others see of it.</param>
    /// <param name="mayBeThere">Whether it was taken up before: then others may have found it, and given way.</param>
    /// <returns>Why it must not be sent; <see langword="null"/> where it may.</returns>
    internal async Task<Failure?> BesideAsync(OpenType open, ChangeSetRow row, bool mayBeThere, CancellationToken cancellationToken)
    {
        if (row.NaturalKey is not { } hash || KeyOf(open, row) is not { } key)
        {
            return null;
        }

        foreach (var other in await OthersAsync(hash, row.Id, cancellationToken))
        {
            // What stands so at its turn was there before; only of two that were both left behind the clock decides.
            if (other.State == ChangeState.Applying && (!mayBeThere || (other.UpdatedAt, other.Id).CompareTo((row.UpdatedAt, row.Id)) < 0))
            {
                return new Failure(FailureKind.Conflict, $"Another {row.Record.Type} with this {key.Field.Name} is being made at the moment; look at what became of it first.") { Field = key.Field.Name };
            }

            if (other.State is ChangeState.Applied or ChangeState.Verified && IsLate(other))
            {
                return MadeLately(key, row.Record.Type);
            }
        }

        return null;
    }

    /// <summary>Looks whether the record of a create that is about to be sent has come into the CRM since it was approved.</summary>
    /// <returns><see cref="FailureKind.Duplicate"/> where it has; <see langword="null"/> where it may be sent.</returns>
    internal async Task<Failure?> StandingAsync(OpenType open, ChangeSetRow row, CancellationToken cancellationToken) =>
        row.NaturalKey is not null && KeyOf(open, row) is { } key ? await StandingAsync(open, key, cancellationToken) : null;

    private static Failure MadeLately(NaturalKey key, RecordType type) =>
        new(FailureKind.Duplicate, $"A {type} with this {key.Field.Name} was made a moment ago; propose a change to it instead.") { Field = key.Field.Name };

    private static string? TextOf(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value,
        { IsEmpty: true } => null,
        _ => Normalization.ValueText.Of(value),
    };

    // All spellings in one call.
    private static async Task<Failure?> StandingAsync(OpenType open, NaturalKey key, CancellationToken cancellationToken)
    {
        var type = open.Whole.Type;

        // By the unique value where the CRM can: it sees what a search index does not yet.
        var looked = key.Field.Unique && open.Descriptor.Capabilities.HasFlag(ConnectorCapabilities.Upsert)
            ? (await open.Session.FindAsync(type, key.Field, key.Forms, [key.Field], cancellationToken)).Then(found => Result<IReadOnlyList<NativeRecord>>.Of(found.Records))
            : (await open.Session.QueryAsync(
                new RecordQuery(type, [key.Field], FilterOf(key), PageSize: 1), cursor: null, cancellationToken)).Then(page => Result<IReadOnlyList<NativeRecord>>.Of(page.Records));
        if (!looked.TryGet(out var standing, out var failure))
        {
            // What this caller cannot look for is left to the CRM's own refusal; what could not be looked for just now is not made blindly.
            return failure.Kind is FailureKind.Invalid or FailureKind.Unsupported or FailureKind.Forbidden or FailureKind.NotFound ? null : failure;
        }

        return standing is [var record, ..]
            ? new Failure(FailureKind.Duplicate, $"There is a {type} with this {key.Field.Name} already; propose a change to it instead.")
            {
                Field = key.Field.Name,
                ExistingId = record.Id,
            }
            : null;
    }

    private static RecordFilter FilterOf(NaturalKey key) => key.Forms is [var only]
        ? new RecordFilter.Compare(key.Field.Name, Comparison.Equal, new FieldValue.Text(only))
        : new RecordFilter.OneOf(key.Field.Name, [.. key.Forms.Select(form => new FieldValue.Text(form))]);

    private NaturalKey? KeyOf(OpenType open, ChangeSetRow row) => NaturalKey.Of(
        [.. ChangeContent.FromJson(row.Content).Fields.Select(delta => (Field: open.Whole.Find(delta.NativeName), delta.After.Raw)).Where(pair => pair.Field is not null).Select(pair => (pair.Field!, pair.Raw))],
        policy.Options.PlusAddressesAreOne);

    private bool IsLate(ChangeSetRow row) => time.GetUtcNow() - row.UpdatedAt < Lately;

    private async Task<IEnumerable<ChangeSetRow>> OthersAsync(string key, string exceptId, CancellationToken cancellationToken) =>
        (await store.ListAsync(new ChangeQuery(Limit: Most) { NaturalKey = key }, cancellationToken)).Where(row => row.Id != exceptId);
}
