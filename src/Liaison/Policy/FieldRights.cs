using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Which fields of one record type a grant opens, by canonical or native name; <c>*</c> opens every ordinary one.</summary>
internal sealed class FieldRights(IEnumerable<string> readable, IReadOnlyDictionary<string, WriteLevel> writable)
{
    private readonly FrozenSet<string> readable = readable.ToFrozenSet(StringComparer.Ordinal);

    public static FieldRights None { get; } = new([], FrozenDictionary<string, WriteLevel>.Empty);

    public bool ReadsAnything => readable.Count > 0;

    public bool WritesAnything => writable.Values.Any(level => level != WriteLevel.Off);

    // A star never covers a sensitive field: those are opened by name or not at all (R245).
    public bool MayRead(FieldDefinition field) =>
        readable.Contains(field.Name)
        || readable.Contains(field.NativeName)
        || (readable.Contains("*") && field.Sensitivity == Sensitivity.Normal);

    // Writes are opened field by field: there is no star, so that a new CRM field is never writable by accident. A grant may
    // use either name, so that two grants on one field add up to the wider however each of them names it.
    public WriteLevel LevelOf(FieldDefinition field) => Wider(LevelOf(field.Name), LevelOf(field.NativeName));

    private WriteLevel LevelOf(string name) => writable.TryGetValue(name, out var level) ? level : WriteLevel.Off;

    private static WriteLevel Wider(WriteLevel one, WriteLevel other) => one > other ? one : other;
}
