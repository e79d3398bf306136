using System.Collections;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>A write on its way: the stored intent that stands for it, and what became of it.</summary>
internal sealed class PendingWrite(ChangeSetRow row, bool mayBeThere, ChangeContent? content = null)
{
    private IReadOnlyList<FailedAttempt> attempts = [];

    public ChangeSetRow Row { get; set; } = row;

    /// <summary>Gets what is sent: the stored content, or the same with the stamps of the moment at which it is sent.</summary>
    public ChangeContent Content { get; } = content ?? ChangeContent.FromJson(row.Content);

    /// <summary>Gets a value indicating whether an earlier attempt may have reached the CRM.</summary>
    public bool MayBeThere { get; } = mayBeThere;

    /// <summary>Gets or sets the version of the record on which it was judged; <see langword="null"/> where writes of our own may have moved it since.</summary>
    public string? Version { get; set; }

    /// <summary>Gets the id of the record above it whose lock it takes too; <see langword="null"/> where none is known.</summary>
    public string? LockedBy { get; init; }

    /// <summary>Gets why it may not be sent any more; one that an earlier attempt brought to the CRM is told as applied all the same.</summary>
    public Failure? Hindrance { get; init; }

    /// <summary>Gets or sets why it is not in the CRM, as the last attempt met it.</summary>
    public Failure? Failure
    {
        get;
        set
        {
            Met(value);
            field = value;
        }
    }

    /// <summary>Gets the failure with every attempt that there was, those before the last one too (R140).</summary>
    public Failure? FailureTold => Failure is { } last && attempts.Count > last.Attempts.Count ? last with { Attempts = attempts } : Failure;

    public bool Sent { get; set; }

    public bool Superseded { get; set; }

    /// <summary>Gets or sets a value indicating whether the CRM was seen to hold what was written.</summary>
    public bool Verified { get; set; }

    /// <summary>Gets or sets the later change to the same record that carried this one; <see langword="null"/> where it went for itself.</summary>
    public PendingWrite? JoinedTo { get; set; }

    /// <summary>Gets or sets the id of the record that was made.</summary>
    public string? MadeId { get; set; }

    /// <summary>Gets or sets what the CRM's answer says the fields hold now; <see langword="null"/> where it does not say.</summary>
    public IReadOnlyDictionary<string, NativeValue>? Held { get; set; }

    /// <summary>Keeps the attempts of a failure that is not the last word.</summary>
    public void Met(Failure? failure)
    {
        if (failure is { Attempts.Count: > 0 })
        {
            attempts = [.. attempts.Union(failure.Attempts)];
        }
    }

    public ChangeState State => this switch
    {
        { Superseded: true } => ChangeState.Conflicted,
        { Verified: true } => ChangeState.Verified,
        { Failure: null } => ChangeState.Applied,

        // The outcome is still unknown: the intent stays open, and the next attempt looks before it sends.
        { Failure.Kind: FailureKind.Ambiguous } => ChangeState.Applying,
        _ => ChangeState.Failed,
    };

    /// <summary>Gets the record type that is written.</summary>
    public RecordType Type => new(Content.Type);

    /// <summary>Gives the stamp of a field as it was sent; <see langword="null"/> where the change carries it in its text.</summary>
    public NativeValue? StampOf(string field) => Content.Fields.FirstOrDefault(delta => delta.Field == field)?.After;

    public RecordWrite ToWrite() => new(
        Row.Id,
        Content.Operation == WriteOperation.Create ? null : Row.Record.Id,
        Content.Fields.ToDictionary(delta => delta.NativeName, delta => delta.After, StringComparer.Ordinal))
    {
        Links = Content.Operation == WriteOperation.Create
            ? [.. Content.Links.Select(link => new RecordLink(new RecordType(link.ToType), link.ToId, link.Label))]
            : [],
        Version = Content.Operation == WriteOperation.Update ? Version : null,
    };
}

/// <summary>What is sent of writes, made as it is taken: of thousands on their way the CRM's form of one is held.</summary>
internal sealed class WritesOnTheirWay(IReadOnlyList<PendingWrite> writes) : IReadOnlyList<RecordWrite>
{
    public int Count => writes.Count;

    public RecordWrite this[int index] => writes[index].ToWrite();

    public IEnumerator<RecordWrite> GetEnumerator() => writes.Select(write => write.ToWrite()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
