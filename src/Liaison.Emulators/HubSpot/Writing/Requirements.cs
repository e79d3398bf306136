using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>What a write lacks: the object's own required properties always, the account's from 2026-09 (contract section 1).</summary>
internal static class Requirements
{
    public static IReadOnlyList<string> Missing(Call call, ObjectType type, PreparedWrite write, CrmRecord? current)
    {
        var required = current is not null ? [] : call.IsSeptember2026 ? type.RequiredProperties.Union(type.CreateFormProperties) : type.RequiredProperties;
        var missing = required.Where(name => !(write.TryGet(name, out var value) && value.Length > 0));
        return call.IsSeptember2026 ? [.. missing.Union(StageRules.Missing(call.Account, type, write, current))] : [.. missing];
    }
}
