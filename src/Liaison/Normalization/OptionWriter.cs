using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>Writes choices: people and models name the label, the CRM gets the value, and only choices that it offers today.</summary>
internal static class OptionWriter
{
    public static Result<NativeValue> WriteOne(FieldValue value, FieldDefinition definition, ValueDialect dialect)
    {
        if (Name(value) is not { } name)
        {
            return ValueWriter.Refuse(definition, $"takes one choice; use one of: {OptionIndex.Of(definition).Choices(active: true)}");
        }

        var resolved = Resolve(name, definition, dialect);
        if (!resolved.TryGet(out var choice, out var refused))
        {
            return refused;
        }

        var numeric = dialect.NumericOptions && long.TryParse(choice, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return new NativeValue(numeric ? NativeKind.Number : NativeKind.Text, choice);
    }

    public static Result<NativeValue> WriteList(FieldValue value, FieldDefinition definition, ValueDialect dialect)
    {
        var chosen = new List<string>();
        foreach (var name in Names(value, definition, dialect))
        {
            if (!Resolve(name, definition, dialect).TryGet(out var choice, out var refused))
            {
                return refused;
            }

            if (!chosen.Contains(choice))
            {
                chosen.Add(choice);
            }
        }

        return chosen.Count > 0
            ? new NativeValue(NativeKind.Text, string.Join(dialect.ListSeparator, chosen))
            : ValueWriter.Refuse(definition, $"takes choices; use some of: {OptionIndex.Of(definition).Choices(active: true)}");
    }

    private static Result<string> Resolve(string name, FieldDefinition definition, ValueDialect dialect)
    {
        if (definition.OptionsElsewhere)
        {
            // The schema lists nothing to check against; a separator would smuggle in a second choice.
            return definition.Type == FieldType.OptionList && name.Contains(dialect.ListSeparator)
                ? ValueWriter.Refuse(definition, $"takes choices without \"{dialect.ListSeparator}\" in them")
                : name.Trim();
        }

        var index = OptionIndex.Of(definition);
        return index.Resolve(name) switch
        {
            { Active: true } option => option.Value,
            { Active: false } => ValueWriter.Refuse(definition, $"no longer offers this choice; use one of: {index.Choices(active: true)}"),
            null => ValueWriter.Refuse(definition, $"has no such choice; use one of: {index.Choices(active: true)}"),
        };
    }

    private static string? Name(FieldValue value) => value switch
    {
        FieldValue.Option option => option.Value,
        FieldValue.OptionList { Options: [var only] } => only.Value,
        FieldValue.Text { Value: var text } when !string.IsNullOrWhiteSpace(text) => text,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        _ => null,
    };

    private static IEnumerable<string> Names(FieldValue value, FieldDefinition definition, ValueDialect dialect) => value switch
    {
        FieldValue.OptionList list => list.Options.Select(option => option.Value),

        // A label may hold the separator ("Sales, marketing"): the whole text is tried before its parts.
        FieldValue.Text text when OptionIndex.Of(definition).Resolve(text.Value) is { } whole => [whole.Value],
        FieldValue.Text text => text.Value.Split(
            dialect.ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => Name(value) is { } name ? [name] : [],
    };
}
