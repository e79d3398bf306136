using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>Judges, for whoever asks, the reading of another type of the same connection.</summary>
internal delegate Result<Permit> JudgeRead(RecordType type);

/// <summary>The schema of a request that may name fields of parents.</summary>
/// <param name="Schema">What the caller may know of, with the parents' fields that were named, each under its native path.</param>
/// <param name="Names">The paths as they were asked for, and the names under which the schema has them.</param>
internal sealed record PathSchema(RecordSchema Schema, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Gives the name under which the schema has what was asked for; a name that is no path stays as it is.</summary>
    public string NameOf(string asked) => Names.GetValueOrDefault(asked, asked);
}

/// <summary>Opens fields of parents by their paths, as <c>Account.Industry</c> of a contact: one query reads both (R43, R44).</summary>
/// <remarks>
/// Every step is taken with the caller's own right to the type that it leads to, and by that type's schema as the credential sees it.
/// What is closed on the way is told like what does not exist (R54). Which parents a user may see is the CRM's to say: only a
/// connector that never serves mapped users declares such paths.
/// </remarks>
internal sealed class ParentPaths(TypeOpener types, OpenType open, JudgeRead judge)
{
    private const char Step = '.';

    /// <summary>Widens the permitted schema by the paths among some names.</summary>
    /// <returns>The schema; a failure only where the CRM could not be asked, since a path that leads nowhere is an unknown name.</returns>
    public async Task<Result<PathSchema>> OpenAsync(IEnumerable<string> asked, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var paths = asked.Where(IsPath).Distinct(StringComparer.Ordinal).ToList();
        if (paths.Count == 0)
        {
            return new PathSchema(open.Permitted, names);
        }

        var fields = new Dictionary<string, FieldDefinition>(open.Permitted.Fields, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!(await FollowAsync(path.Split(Step), cancellationToken)).TryGet(out var found, out var failure))
            {
                return failure;
            }

            if (found is [var field, ..])
            {
                names[path] = field.Name;
            }

            foreach (var definition in found)
            {
                fields[definition.Name] = definition;
            }
        }

        return new PathSchema(open.Permitted with { Fields = fields.ToFrozenDictionary(StringComparer.Ordinal) }, names);
    }

    private bool IsPath(string name) => name.Count(letter => letter == Step) is > 0 and var steps
        && steps <= open.Descriptor.ParentSteps
        && open.Permitted.Find(name) is null;

    /// <summary>Follows a path to its field.</summary>
    /// <returns>The field, and behind it the one that holds its currency; none where the path leads nowhere for this caller.</returns>
    private async Task<Result<IReadOnlyList<FieldDefinition>>> FollowAsync(string[] steps, CancellationToken cancellationToken)
    {
        var schema = open.Permitted;
        var way = "";
        var label = "";
        foreach (var step in steps[..^1])
        {
            var reference = schema.Fields.Values.FirstOrDefault(field => step.Equals(field.Relationship, StringComparison.OrdinalIgnoreCase));
            if (reference is not { References: { } type, Relationship: { } relationship } || !judge(type).TryGet(out var permit, out _))
            {
                return Nowhere;
            }

            if (!(await types.DescribeBesideAsync(open, type, cancellationToken)).TryGet(out var parent, out var failure))
            {
                // A type that the CRM keeps from this user is one that does not exist for them.
                return failure.Kind is FailureKind.NotFound or FailureKind.Forbidden ? Nowhere : failure;
            }

            schema = PermittedSchema.Of(parent, permit);
            way += relationship + Step;
            label += $"{reference.Label} / ";
        }

        return schema.Find(steps[^1]) is not { } field ? Nowhere
            : field is { Type: FieldType.Money, CurrencyField: { } held } && schema.ByNativeName.TryGetValue(held, out var currency)
                ? Result<IReadOnlyList<FieldDefinition>>.Of([Along(field, way, label), Along(currency, way, label)])
                : Result<IReadOnlyList<FieldDefinition>>.Of([Along(field, way, label)]);
    }

    private static Result<IReadOnlyList<FieldDefinition>> Nowhere => Result<IReadOnlyList<FieldDefinition>>.Of([]);

    // A path is no canonical field, so that its name is the native one; nothing is written along it.
    private static FieldDefinition Along(FieldDefinition field, string way, string label) => field with
    {
        Name = way + field.NativeName,
        NativeName = way + field.NativeName,
        Label = label + field.Label,
        Writable = false,
        Required = false,
        Unique = false,
        Relationship = null,
        ControlledBy = field.ControlledBy is { } controller ? way + controller : null,
        CurrencyField = field.CurrencyField is { } currency ? way + currency : null,
    };
}
