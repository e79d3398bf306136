using System.Globalization;

namespace Liaison.Audit;

/// <summary>What is wrong with a chain, its checkpoints or an export.</summary>
public enum AuditFaultKind
{
    /// <summary>An entry's content, or its hash, is not what it was.</summary>
    Edited,

    /// <summary>One or more entries are missing in the midst of the others.</summary>
    Cut,

    /// <summary>An entry stands where none was written.</summary>
    Inserted,

    /// <summary>Entries stand in another order than they were written in.</summary>
    OutOfOrder,

    /// <summary>The newest entries are missing.</summary>
    Truncated,

    /// <summary>Entries follow from each other and are not those that were signed: somebody changed one and recomputed the hashes.</summary>
    Rewritten,

    /// <summary>A signature does not fit what stands above it.</summary>
    SignatureWrong,

    /// <summary>A checkpoint that was signed was taken away.</summary>
    SignatureMissing,

    /// <summary>Something was signed with a key that is none of the trusted ones.</summary>
    UnknownKey,

    /// <summary>A line of an export cannot be read.</summary>
    Unreadable,
}

/// <summary>The first thing that is wrong.</summary>
/// <param name="Sequence">The first entry that is not as it was written; for <see cref="AuditFaultKind.Cut"/> and <see cref="AuditFaultKind.Truncated"/> the first that is missing.</param>
/// <param name="VouchedFor">The last entry that a good checkpoint vouches for; 0 where none does.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Sequence, long VouchedFor)
{
    /// <summary>Gets the fault in plain words.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{What}; {Known}.");

    private string What => Kind switch
    {
        AuditFaultKind.Edited => string.Create(CultureInfo.InvariantCulture, $"Entry {Sequence} was edited"),
        AuditFaultKind.Cut => string.Create(CultureInfo.InvariantCulture, $"Entry {Sequence} was cut out, and perhaps more behind it"),
        AuditFaultKind.Inserted => string.Create(CultureInfo.InvariantCulture, $"An entry was inserted at {Sequence}"),
        AuditFaultKind.OutOfOrder => string.Create(CultureInfo.InvariantCulture, $"Entry {Sequence} is out of order: another stands in its place"),
        AuditFaultKind.Truncated => string.Create(CultureInfo.InvariantCulture, $"The end is truncated: entry {Sequence} was written and is missing, with all behind it"),
        AuditFaultKind.Rewritten => string.Create(CultureInfo.InvariantCulture, $"Entries up to {Sequence} were rewritten: they follow from each other and are not the ones that were signed"),
        AuditFaultKind.SignatureWrong => string.Create(CultureInfo.InvariantCulture, $"The signature at entry {Sequence} is wrong"),
        AuditFaultKind.SignatureMissing => string.Create(CultureInfo.InvariantCulture, $"A checkpoint was taken away that was signed at entry {Sequence} or before"),
        AuditFaultKind.UnknownKey => string.Create(CultureInfo.InvariantCulture, $"The signature at entry {Sequence} was made with a key that is not among the trusted ones"),
        AuditFaultKind.Unreadable => string.Create(CultureInfo.InvariantCulture, $"The line of entry {Sequence} cannot be read"),
    };

    private string Known => VouchedFor > 0
        ? string.Create(CultureInfo.InvariantCulture, $"the entries up to {VouchedFor} are signed and whole")
        : "no signature vouches for the entries before it";
}
