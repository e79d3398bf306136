using System.Globalization;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>A record as an <see cref="InMemoryCrm"/> keeps it: text by native name, nothing for an empty field.</summary>
internal sealed class InMemoryRecord(long number, DateTimeOffset createdAt)
{
    internal long Number { get; } = number;

    internal string Id { get; } = number.ToString(CultureInfo.InvariantCulture);

    internal DateTimeOffset CreatedAt { get; } = createdAt;

    internal DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    internal int Version { get; private set; } = 1;

    internal Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    internal void Change(IReadOnlyDictionary<string, string> values, DateTimeOffset at)
    {
        Set(values);
        UpdatedAt = at;
        Version++;
    }

    internal void Set(IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            if (value.Length == 0)
            {
                Values.Remove(name);
            }
            else
            {
                Values[name] = value;
            }
        }
    }

    /// <summary>Gives a field's text as a filter sees it; <see langword="null"/> for nothing.</summary>
    internal string? ValueOf(FieldDefinition field) => field.Name switch
    {
        FieldNames.Created => CreatedAt.ToString("O"),
        FieldNames.Updated => UpdatedAt.ToString("O"),
        _ => Values.GetValueOrDefault(field.NativeName),
    };

    internal NativeRecord ToNative(RecordSchema schema, IReadOnlyList<FieldDefinition> fields)
    {
        var values = new Dictionary<string, NativeValue>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            values[field.NativeName] = schema.Find(field.NativeName) is { } known ? NativeValue.OfText(ValueOf(known)) : NativeValue.Missing;
        }

        return new(schema.Type, Id, values, CreatedAt, UpdatedAt, Version.ToString(CultureInfo.InvariantCulture), Url: null);
    }
}
