using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Schema;

/// <summary>What stands in the CRM where an AI field is to be.</summary>
public enum ProvisionState
{
    /// <summary>The field is there and of the right type.</summary>
    Present,

    /// <summary>The field is not there; applying the plan creates it.</summary>
    Missing,

    /// <summary>A field of this name is there and is of another type or lacks choices; a person has to mend it.</summary>
    Mismatched,

    /// <summary>The field was missing and has just been created.</summary>
    Created,
}

/// <summary>One line of a provisioning plan.</summary>
/// <param name="Note">What differs, for a mismatch.</param>
public sealed record ProvisionStep(FieldDefinition Field, ProvisionState State, string? Note);

/// <summary>Plans and creates the fields that AI writes; a second run changes nothing (R91).</summary>
public sealed class ProvisionFields(SessionOpener sessions, SchemaCatalogue schemas)
{
    /// <summary>Compares the wanted fields with the CRM's, and with <paramref name="apply"/> creates the missing ones.</summary>
    internal async Task<Result<IReadOnlyList<ProvisionStep>>> ExecuteAsync(
        Permit permit, IReadOnlyList<OptionDefinition> playbooks, bool apply, CancellationToken cancellationToken)
    {
        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var opened, out var failure)
            || !(await opened.Session.DescribeAsync(permit.Type, cancellationToken)).TryGet(out var schema, out failure))
        {
            return failure;
        }

        if (opened.Descriptor.RecordTypes.FirstOrDefault(type => type.Type == permit.Type) is not { } descriptor)
        {
            return new Failure(FailureKind.Unsupported, $"{opened.Descriptor.DisplayName} has no AI fields for {permit.Type}.");
        }

        var steps = new List<ProvisionStep>();
        foreach (var wanted in AiFields.For(descriptor, playbooks))
        {
            var step = Compare(wanted, schema);
            if (apply && step.State == ProvisionState.Missing)
            {
                var created = await opened.Session.CreateFieldAsync(permit.Type, wanted, cancellationToken);
                if (created.Failure is { Kind: not FailureKind.Duplicate } refused)
                {
                    return refused;
                }

                step = step with { State = ProvisionState.Created };
            }

            steps.Add(step);
        }

        schemas.Forget(permit.Connection.Name);
        return steps;
    }

    private static ProvisionStep Compare(FieldDefinition wanted, RecordSchema schema)
    {
        if (schema.ByNativeName.GetValueOrDefault(wanted.NativeName) is not { } there)
        {
            return new ProvisionStep(wanted, ProvisionState.Missing, null);
        }

        if (there.Type != wanted.Type)
        {
            return new ProvisionStep(wanted, ProvisionState.Mismatched, $"is {there.Type}, should be {wanted.Type}");
        }

        var lacking = wanted.Options
            .Where(option => there.Options.All(held => held.Value != option.Value))
            .Select(option => option.Value)
            .ToList();
        return lacking.Count == 0
            ? new ProvisionStep(wanted, ProvisionState.Present, null)
            : new ProvisionStep(wanted, ProvisionState.Mismatched, $"lacks the choices {string.Join(", ", lacking)}");
    }
}
