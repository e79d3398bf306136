using Liaison.Model;

namespace Liaison.Schema;

/// <summary>What of a field has changed.</summary>
public enum SchemaChangeKind
{
    /// <summary>The field is new.</summary>
    Added,

    /// <summary>The field is gone, or hidden from this credential.</summary>
    Removed,

    /// <summary>The field holds another type.</summary>
    TypeChanged,

    /// <summary>The CRM's own type has another name, and the field's type is the same.</summary>
    NativeTypeChanged,

    /// <summary>A choice is new, or offered again.</summary>
    OptionAdded,

    /// <summary>A choice is gone, or no longer offered.</summary>
    OptionRemoved,

    /// <summary>A choice has another label.</summary>
    OptionRelabelled,

    /// <summary>The field can no longer be written.</summary>
    BecameReadOnly,

    /// <summary>The field can be written now.</summary>
    BecameWritable,

    /// <summary>A create must give the field now.</summary>
    BecameRequired,

    /// <summary>A create need not give the field any more.</summary>
    BecameOptional,

    /// <summary>The longest text is shorter.</summary>
    Shortened,

    /// <summary>The longest text is longer.</summary>
    Lengthened,

    /// <summary>Values must be unique now.</summary>
    BecameUnique,

    /// <summary>Values need not be unique any more.</summary>
    BecameRepeatable,

    /// <summary>The field has another label.</summary>
    Relabelled,

    /// <summary>References point to another record type.</summary>
    TargetChanged,
}

/// <summary>One difference between two states of a schema.</summary>
/// <param name="Field">The field by its canonical or else native name.</param>
/// <param name="Breaking">Whether what was read or written before may now fail or mean something else.</param>
/// <param name="Before">What it was; empty where there was nothing.</param>
/// <param name="After">What it is; empty where there is nothing.</param>
public sealed record SchemaChange(SchemaChangeKind Kind, string Field, bool Breaking, string Before = "", string After = "")
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Field}: {Kind}{(Before.Length + After.Length == 0 ? "" : $" ({Before} -> {After})")}{(Breaking ? ", breaking" : "")}";
}

/// <summary>Tells two states of a schema apart: two days, or sandbox and production.</summary>
public static class SchemaDiff
{
    /// <summary>Gives the differences by field name, then kind; none for schemas that are alike.</summary>
    public static IReadOnlyList<SchemaChange> Between(RecordSchema before, RecordSchema after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        // Native names: a canonical name is ours and may be given to another field without the CRM having changed.
        var removed = before.Fields.Values.Where(field => !after.ByNativeName.ContainsKey(field.NativeName))
            .Select(field => new SchemaChange(SchemaChangeKind.Removed, field.Name, Breaking: true, field.Type.ToString()));
        var added = after.Fields.Values.Where(field => !before.ByNativeName.ContainsKey(field.NativeName))
            .Select(field => new SchemaChange(SchemaChangeKind.Added, field.Name, Breaking: field.Required, "", field.Type.ToString()));
        var changed = before.Fields.Values.SelectMany(old =>
            after.ByNativeName.TryGetValue(old.NativeName, out var now) ? FieldChanges.Between(old, now) : []);
        return
        [
            .. removed.Concat(added).Concat(changed)
                .OrderBy(change => change.Field, StringComparer.Ordinal)
                .ThenBy(change => change.Kind)
                .ThenBy(change => change.Before + change.After, StringComparer.Ordinal)
        ];
    }
}
