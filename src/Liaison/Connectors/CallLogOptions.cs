namespace Liaison.Connectors;

/// <summary>What the call log keeps: bound from <c>calls</c> in <c>liaison.yaml</c>.</summary>
public sealed class CallLogOptions
{
    /// <summary>Gets or sets how many days calls are kept.</summary>
    /// <value>The default is 30. Range 1 to 365.</value>
    public int KeepDays { get; set; } = 30;

    /// <summary>Gets or sets how many calls are kept at the most; the oldest go first.</summary>
    /// <value>The default is 500,000. Range 1,000 to 50,000,000.</value>
    public long KeepRows { get; set; } = 500_000;

    /// <summary>Gets or sets of how many successes in a hundred the masked bodies are kept; of failures they always are.</summary>
    /// <value>The default is 1. Range 0 to 100.</value>
    public int SuccessBodies { get; set; } = 1;

    /// <summary>Gets or sets how many characters of a masked body are kept.</summary>
    /// <value>The default is 4,096. Range 0 to 65,536; with 0 no body is kept at all.</value>
    public int BodyLength { get; set; } = 4_096;

    /// <summary>Gets or sets the fields, by the CRM's own name, whose values may be shown where they are words, numbers or flags.</summary>
    /// <value>The default is none: every field's value is masked.</value>
    public IReadOnlyList<string> ShownFields { get; set; } = [];

    /// <summary>Gives one sentence a fault, each beginning with the path of its key.</summary>
    /// <param name="sensitive">The fields that the policy calls sensitive; they are never shown.</param>
    public IEnumerable<string> Faults(IEnumerable<string> sensitive)
    {
        ArgumentNullException.ThrowIfNull(sensitive);
        if (KeepDays is < 1 or > 365)
        {
            yield return $"calls.keepDays: {KeepDays} is out of range; expected 1 to 365.";
        }

        if (KeepRows is < 1_000 or > 50_000_000)
        {
            yield return $"calls.keepRows: {KeepRows} is out of range; expected 1000 to 50000000.";
        }

        if (SuccessBodies is < 0 or > 100)
        {
            yield return $"calls.successBodies: {SuccessBodies} is out of range; expected 0 to 100.";
        }

        if (BodyLength is < 0 or > 65_536)
        {
            yield return $"calls.bodyLength: {BodyLength} is out of range; expected 0 to 65536.";
        }

        foreach (var field in ShownFields.Intersect(sensitive, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"calls.shownFields: \"{field}\" is sensitive by policy.sensitive; take it from one of the two.";
        }
    }
}
