using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Which fields of one record type one side of the effective right opens, by canonical or native name; <c>*</c> opens every ordinary one to reading.</summary>
/// <param name="readable">The readable fields; <see langword="null"/> narrows nothing.</param>
/// <param name="writable">The levels of writes; <see langword="null"/> narrows nothing.</param>
/// <param name="actions">The levels of actions; <see langword="null"/> narrows nothing.</param>
/// <param name="none">The fields that stay closed whatever else opens them.</param>
internal sealed class FieldRights(
    IEnumerable<string>? readable,
    IReadOnlyDictionary<string, WriteLevel>? writable,
    IReadOnlyDictionary<ChangeKind, WriteLevel>? actions,
    IEnumerable<string> none)
{
    private readonly FrozenSet<string>? readable = readable?.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> none = none.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Opens nothing.</summary>
    public static FieldRights Closed { get; } =
        new([], FrozenDictionary<string, WriteLevel>.Empty, FrozenDictionary<ChangeKind, WriteLevel>.Empty, []);

    /// <summary>Narrows nothing: the side of a purpose or an agent of which the policy says nothing.</summary>
    public static FieldRights Open { get; } = new(null, null, null, []);

    public bool ReadsAnything => readable is null or { Count: > 0 };

    public bool WritesAnything =>
        writable?.Values.Any(level => level != WriteLevel.Off) != false || actions?.Values.Any(level => level != WriteLevel.Off) != false;

    // A star never covers a sensitive field: those are opened by name or not at all (R245).
    public bool MayRead(FieldDefinition field, Sensitivity sensitivity) =>
        !IsNone(field)
        && (readable is null
            || readable.Contains(field.Name)
            || readable.Contains(field.NativeName)
            || (readable.Contains("*") && sensitivity == Sensitivity.Normal));

    // Writes are opened field by field: there is no star, so that a new CRM field is never writable by accident. A grant may
    // use either name, so that two grants on one field add up to the wider however each of them names it.
    public WriteLevel LevelOf(FieldDefinition field) => IsNone(field) ? WriteLevel.Off
        : writable is null ? WriteLevel.Auto
        : Wider(writable.GetValueOrDefault(field.Name), writable.GetValueOrDefault(field.NativeName));

    public WriteLevel LevelOf(ChangeKind action) => actions is null ? WriteLevel.Auto : actions.GetValueOrDefault(action);

    private bool IsNone(FieldDefinition field) => none.Contains(field.Name) || none.Contains(field.NativeName);

    private static WriteLevel Wider(WriteLevel one, WriteLevel other) => one > other ? one : other;
}
