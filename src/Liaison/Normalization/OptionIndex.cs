using System.Runtime.CompilerServices;
using Liaison.Model;

namespace Liaison.Normalization;

/// <summary>The choices of one field, ready to be found by value or label.</summary>
/// <remarks>
/// Kept for as long as its definition lives: every record of a run shares the index and the typed options in it, so that
/// reading a known choice allocates nothing.
/// </remarks>
internal sealed class OptionIndex
{
    private static readonly ConditionalWeakTable<FieldDefinition, OptionIndex> Indexes = [];

    private readonly FieldDefinition definition;
    private readonly Dictionary<string, FieldValue.Option> byValue;
    private readonly Dictionary<string, FieldValue.Option>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    private OptionIndex(FieldDefinition definition)
    {
        this.definition = definition;
        byValue = new Dictionary<string, FieldValue.Option>(definition.Options.Count, StringComparer.Ordinal);
        foreach (var option in definition.Options)
        {
            byValue.TryAdd(option.Value, new FieldValue.Option(option.Value, option.Label));
        }

        bySpan = byValue.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static OptionIndex Of(FieldDefinition definition) =>
        Indexes.GetValue(definition, static created => new OptionIndex(created));

    /// <summary>Types a stored value; one that the list lacks is kept and marked, unless the list lives elsewhere and so says nothing.</summary>
    public FieldValue.Option Read(string value) =>
        byValue.TryGetValue(value, out var known) ? known : new(value, value, Known: definition.OptionsElsewhere);

    /// <inheritdoc cref="Read(string)"/>
    public FieldValue.Option Read(ReadOnlySpan<char> value) =>
        bySpan.TryGetValue(value, out var known) ? known : Read(value.ToString());

    /// <summary>Finds the choice that a person or model means: by value, else by label, exactly first and then whatever the case.</summary>
    public OptionDefinition? Resolve(string text)
    {
        var wanted = text.Trim();
        return First(option => option.Value == wanted)
            ?? First(option => option.Label == wanted)
            ?? First(option => string.Equals(option.Value, wanted, StringComparison.OrdinalIgnoreCase))
            ?? First(option => string.Equals(option.Label, wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Names up to ten choices for a refusal.</summary>
    /// <param name="active">Whether only choices that new values may use are named.</param>
    public string Choices(bool active)
    {
        var labels = definition.Options.Where(option => option.Active || !active).Select(option => option.Label).ToList();
        return labels.Count switch
        {
            0 => "none",
            <= 10 => string.Join(", ", labels),
            _ => $"{string.Join(", ", labels.Take(10))} and {labels.Count - 10} more",
        };
    }

    private OptionDefinition? First(Func<OptionDefinition, bool> fits)
    {
        // An active choice goes before a retired one of the same label.
        OptionDefinition? retired = null;
        foreach (var option in definition.Options)
        {
            if (fits(option))
            {
                if (option.Active)
                {
                    return option;
                }

                retired ??= option;
            }
        }

        return retired;
    }
}
