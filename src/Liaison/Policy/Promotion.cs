using Liaison.Model;

namespace Liaison.Policy;

/// <summary>A write as promotion knows it: a field of a record type where the CRM keeps it, or an action on a type.</summary>
/// <param name="Name">The field's canonical name, or the action, as in <c>create-task</c>.</param>
/// <param name="NativeName">The CRM's name of the field; empty for an action; <see cref="Anywhere"/> for whatever field the name leads to.</param>
public readonly record struct PromotedWrite(RecordType Type, string Name, string NativeName)
{
    /// <summary>The native name of a field whose place nobody has tried: that of an override.</summary>
    public const string Anywhere = "*";

    /// <summary>Gives the action's form of it.</summary>
    public static PromotedWrite Of(RecordType type, ChangeKind action) => new(type, ChangeCatalogue.NameOf(action), "");

    /// <summary>Gives how it is written and shown, as in <c>contact.ai_score</c>.</summary>
    public override string ToString() => $"{Type}.{Name}";
}

/// <summary>That a write may be sent to a production connection, and on what ground (R192).</summary>
/// <param name="Connection">The production connection.</param>
/// <param name="By">The subject who promoted it.</param>
public sealed record Promotion(ConnectionName Connection, PromotedWrite Write, string By, DateTimeOffset At)
{
    /// <summary>Gets the sandbox that was seen to take the write.</summary>
    /// <value>The default is <see langword="null"/>: none was, and <see cref="Reason"/> says why it is promoted all the same.</value>
    public ConnectionName? Sandbox { get; init; }

    /// <summary>Gets the change set by which the sandbox was seen to take it.</summary>
    /// <value>The default is <see langword="null"/>: an override.</value>
    public string? ChangeId { get; init; }

    /// <summary>Gets why it was promoted without a sandbox.</summary>
    /// <value>The default is <see langword="null"/>: a sandbox took it.</value>
    public string? Reason { get; init; }
}
