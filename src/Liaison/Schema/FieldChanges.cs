using System.Globalization;
using Liaison.Model;

namespace Liaison.Schema;

/// <summary>The differences of one field that both schemas have.</summary>
internal static class FieldChanges
{
    public static IEnumerable<SchemaChange> Between(FieldDefinition old, FieldDefinition now) =>
        Types(old, now).Concat(Rules(old, now)).Concat(Options(old, now));

    private static IEnumerable<SchemaChange> Types(FieldDefinition old, FieldDefinition now)
    {
        if (old.Type != now.Type)
        {
            yield return new(SchemaChangeKind.TypeChanged, now.Name, Breaking: true, old.Type.ToString(), now.Type.ToString());
        }
        else if (old.NativeType != now.NativeType)
        {
            yield return new(SchemaChangeKind.NativeTypeChanged, now.Name, Breaking: false, old.NativeType, now.NativeType);
        }

        if (old.References != now.References)
        {
            yield return new(
                SchemaChangeKind.TargetChanged, now.Name, Breaking: true, old.References?.Name ?? "", now.References?.Name ?? "");
        }

        if (old.Label != now.Label)
        {
            yield return new(SchemaChangeKind.Relabelled, now.Name, Breaking: false, old.Label, now.Label);
        }
    }

    private static IEnumerable<SchemaChange> Rules(FieldDefinition old, FieldDefinition now)
    {
        if (old.Writable != now.Writable)
        {
            yield return new(now.Writable ? SchemaChangeKind.BecameWritable : SchemaChangeKind.BecameReadOnly, now.Name, Breaking: !now.Writable);
        }

        if (old.Required != now.Required)
        {
            yield return new(now.Required ? SchemaChangeKind.BecameRequired : SchemaChangeKind.BecameOptional, now.Name, Breaking: now.Required);
        }

        if (old.Unique != now.Unique)
        {
            yield return new(now.Unique ? SchemaChangeKind.BecameUnique : SchemaChangeKind.BecameRepeatable, now.Name, Breaking: now.Unique);
        }

        if (old.MaxLength != now.MaxLength)
        {
            var shorter = (now.MaxLength ?? int.MaxValue) < (old.MaxLength ?? int.MaxValue);
            yield return new(
                shorter ? SchemaChangeKind.Shortened : SchemaChangeKind.Lengthened, now.Name, Breaking: shorter, Print(old.MaxLength), Print(now.MaxLength));
        }
    }

    /// <summary>Compares the choices by value; one that moves out of the lists kept elsewhere counts as no change.</summary>
    private static IEnumerable<SchemaChange> Options(FieldDefinition old, FieldDefinition now)
    {
        var held = old.Options.DistinctBy(option => option.Value).ToDictionary(option => option.Value, StringComparer.Ordinal);
        var offered = now.Options.DistinctBy(option => option.Value).ToDictionary(option => option.Value, StringComparer.Ordinal);
        foreach (var option in held.Values)
        {
            var stands = offered.GetValueOrDefault(option.Value);
            if (option.Active && stands is not { Active: true } && !now.OptionsElsewhere)
            {
                yield return new(SchemaChangeKind.OptionRemoved, now.Name, Breaking: true, option.Value);
            }
            else if (stands is not null && stands.Label != option.Label)
            {
                yield return new(SchemaChangeKind.OptionRelabelled, now.Name, Breaking: false, option.Label, stands.Label);
            }
        }

        foreach (var option in offered.Values)
        {
            if (option.Active && held.GetValueOrDefault(option.Value) is not { Active: true } && !old.OptionsElsewhere)
            {
                yield return new(SchemaChangeKind.OptionAdded, now.Name, Breaking: false, "", option.Value);
            }
        }
    }

    private static string Print(int? length) => length?.ToString(CultureInfo.InvariantCulture) ?? "no limit";
}
