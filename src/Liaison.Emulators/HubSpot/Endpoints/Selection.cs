using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Which properties an answer shows, and of which it tells the history.</summary>
internal sealed record Selection(IReadOnlyList<PropertyDefinition> Properties, IReadOnlyList<PropertyDefinition> History)
{
    /// <summary>Resolves the asked names: what does not exist, or is not for this caller, is dropped without a word (contract section 5.1).</summary>
    public static Selection Of(Call call, ObjectType type, IReadOnlyList<string> names, IReadOnlyList<string> history)
    {
        var asked = names.Count == 0 ? type.DefaultProperties : names.Concat(["hs_object_id", type.CreatedProperty, type.ModifiedProperty]);
        return new Selection(Resolve(call, type, asked.Concat(history)), Resolve(call, type, history));
    }

    /// <summary>Shows what a write touched, and the three that are always shown.</summary>
    public static Selection Written(Call call, ObjectType type, IEnumerable<PropertyDefinition> touched) => new(
        Resolve(call, type, touched.Select(property => property.Name).Concat(["hs_object_id", type.CreatedProperty, type.ModifiedProperty, "hs_all_owner_ids"])), []);

    private static List<PropertyDefinition> Resolve(Call call, ObjectType type, IEnumerable<string> names)
    {
        var found = new List<PropertyDefinition>();
        foreach (var name in names)
        {
            if (type.TryGetProperty(name, out var property) && Readable(call, type, property) && !found.Contains(property))
            {
                found.Add(property);
            }
        }

        return found;
    }

    /// <remarks>Values of sensitive properties need a scope of their own (contract section 2.2).</remarks>
    private static bool Readable(Call call, ObjectType type, PropertyDefinition property) =>
        FieldRights.CanSee(call.User, type, property)
        && (!property.IsSensitive || call.Caller.HasAny([$"crm.objects.{type.ScopeFamily}.{property.DataSensitivity}.read.v2", $"crm.objects.{type.ScopeFamily}.{property.DataSensitivity}.read"]));
}
