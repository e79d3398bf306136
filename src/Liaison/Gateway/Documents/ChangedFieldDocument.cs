using Liaison.Writeback;

namespace Liaison.Gateway.Documents;

/// <summary>One field of a change set, as every door shows it.</summary>
/// <param name="Before">What stood there, as people read it.</param>
/// <param name="After">What the change puts there.</param>
public sealed record ChangedFieldDocument(string Field, string NativeName, string Before, string After)
{
    /// <summary>Makes the documents of a change set's fields.</summary>
    public static IReadOnlyList<ChangedFieldDocument> Of(ChangeContent content)
    {
        ArgumentNullException.ThrowIfNull(content);

        return [.. content.Fields.Select(delta => new ChangedFieldDocument(delta.Field, delta.NativeName, delta.BeforeText, delta.AfterText))];
    }
}

/// <summary>What a change set cites, as every door shows it.</summary>
/// <param name="Text">What stood in the field when it was cited.</param>
public sealed record EvidenceDocument(string Record, string Field, string Text)
{
    /// <summary>Makes the documents of a change set's evidence.</summary>
    public static IReadOnlyList<EvidenceDocument> Of(ChangeContent content)
    {
        ArgumentNullException.ThrowIfNull(content);

        return [.. content.Evidence.Select(cited => new EvidenceDocument(cited.Record.ToString(), cited.Field, cited.Text))];
    }
}
