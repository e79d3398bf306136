using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>Which properties a rep cannot see or cannot edit; applied to user-level tokens only.</summary>
/// <remarks>HubSpot does not apply property restrictions to account-wide tokens (contract section 2.2).</remarks>
internal static class FieldRights
{
    private static readonly Dictionary<string, string[]> Unseen = new()
    {
        ["contacts"] = ["mobilephone", "hs_email_open"],
        ["companies"] = ["annualrevenue"],
        ["deals"] = ["hs_deal_stage_probability"],
    };

    private static readonly Dictionary<string, string[]> Uneditable = new()
    {
        ["contacts"] = ["lifecyclestage"],
        ["companies"] = ["industry"],
        ["deals"] = ["amount"],
    };

    public static IReadOnlyList<string> HiddenFrom(CrmUser? user, ObjectType type) =>
        user is { Role: not WorldRole.Manager } ? Unseen.GetValueOrDefault(type.Name, []) : [];

    public static IReadOnlyList<string> LockedFor(CrmUser? user, ObjectType type) =>
        user is { Role: not WorldRole.Manager } ? [.. HiddenFrom(user, type), .. Uneditable.GetValueOrDefault(type.Name, [])] : [];

    public static bool CanSee(CrmUser? user, ObjectType type, PropertyDefinition property) =>
        user is null || !HiddenFrom(user, type).Contains(property.Name, StringComparer.OrdinalIgnoreCase);

    public static bool CanEdit(CrmUser? user, ObjectType type, PropertyDefinition property) =>
        user is null || !LockedFor(user, type).Contains(property.Name, StringComparer.OrdinalIgnoreCase);
}
