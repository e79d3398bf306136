using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Schema;

/// <summary>The fields that AI writes (R86–R90): the same set in every CRM, under each CRM's own names.</summary>
public static class AiFields
{
    /// <summary>Gets the canonical names.</summary>
    public static FrozenSet<string> Names { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        FieldNames.AiScore,
        FieldNames.AiRationale,
        FieldNames.AiPlaybook,
        FieldNames.AiUpdated,
        FieldNames.AiSource);

    /// <summary>Gets those that the engine itself writes beside every change: which workflow wrote, and when.</summary>
    public static IReadOnlyList<string> Stamps { get; } = [FieldNames.AiSource, FieldNames.AiUpdated];

    /// <summary>Gives the definitions to create in a CRM.</summary>
    /// <param name="type">The record type as the connector names it.</param>
    /// <param name="playbooks">The playbooks that may be recommended; they become the choices of the list.</param>
    public static IReadOnlyList<FieldDefinition> For(RecordTypeDescriptor type, IReadOnlyList<OptionDefinition> playbooks)
    {
        ArgumentNullException.ThrowIfNull(type);
        return
        [
            Define(type, FieldNames.AiScore, "AI Qualification Score", FieldType.Number),
            Define(type, FieldNames.AiRationale, "AI Qualification Rationale", FieldType.Text),
            Define(type, FieldNames.AiPlaybook, "AI Recommended Playbook", FieldType.Option) with { Options = playbooks },
            Define(type, FieldNames.AiUpdated, "AI Last Updated", FieldType.Instant),
            Define(type, FieldNames.AiSource, "AI Source Pipeline", FieldType.Text),
        ];
    }

    private static FieldDefinition Define(RecordTypeDescriptor type, string name, string label, FieldType fieldType) =>
        new(name, type.FieldNames.GetValueOrDefault(name, name), label, fieldType);
}
