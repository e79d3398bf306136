using System.Security.Cryptography;
using System.Text;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>Asks through a door for a change.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Reason">Why, in a sentence that an approver can judge.</param>
/// <param name="Key">The caller's idempotency key; <see langword="null"/> makes every request a new wish.</param>
/// <param name="Cites">The fields of records that the change rests on; the engine reads them itself, with the caller's rights.</param>
/// <param name="RecordVersion">The version of the record as the caller read it; <see langword="null"/> where the caller does not say.</param>
public sealed record ChangeRequest(
    ChangeAction Action, string Reason, string? Key = null, IReadOnlyList<Citation>? Cites = null, string? RecordVersion = null)
{
    /// <summary>Hashes what is asked, so that one key with two contents is seen.</summary>
    internal string Hash()
    {
        var text = new StringBuilder().Append(ActionText.Of(Action)).Append('\n').Append(Reason);
        foreach (var cite in Cites ?? [])
        {
            text.Append('\n').Append(cite.Record).Append('\t').Append(cite.Field);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>A field of a record that a change rests on.</summary>
public sealed record Citation(RecordRef Record, string Field);

/// <summary>What became of a proposal.</summary>
/// <param name="Stored">The change set as it stands; <see langword="null"/> where nothing was to change.</param>
/// <param name="Repeated">Whether the same request came before, and this is its answer.</param>
public sealed record Proposal(ChangeSetRow? Stored, bool Repeated);
