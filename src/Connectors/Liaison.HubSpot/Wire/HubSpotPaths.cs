namespace Liaison.HubSpot.Wire;

/// <summary>Builds every path from the one API version of a connection; no call site knows a version (contracts/hubspot.md 1).</summary>
/// <remarks>
/// The date-based versions put the version behind the area, <c>v3</c> before it; associations are <c>v4</c> there. Type names
/// and ids are checked before they become a path segment: an escaped <c>..</c> would still climb out of its folder.
/// </remarks>
internal sealed class HubSpotPaths
{
    internal const string Legacy = "v3";

    private readonly string version;
    private readonly bool legacy;

    internal HubSpotPaths(string version)
    {
        if (!SupportedVersions.Contains(version, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The connection pins an API version that this connector does not speak; it speaks {string.Join(", ", SupportedVersions)}.",
                nameof(version));
        }

        this.version = version;
        legacy = version == Legacy;
    }

    /// <summary>Gets the versions in the order of preference.</summary>
    internal static IReadOnlyList<string> SupportedVersions { get; } = ["2026-09", "2026-03", Legacy];

    /// <summary>Gets the question who a static token is; it has no version of its own (contracts/hubspot.md 2.1).</summary>
    internal static string TokenInformation => "/oauth/v2/private-apps/get/access-token-info";

    internal string AccountDetails => legacy ? "/account-info/v3/details" : $"/account-info/{version}/details";

    internal string Search(string type) => $"{Objects(type)}/search";

    internal string Batch(string type, string verb) => $"{Objects(type)}/batch/{verb}";

    /// <param name="verb">What the batch does, as in <c>read</c> or <c>labels/archive</c>.</param>
    internal string AssociationBatch(string from, string to, string verb) => $"{Associations(from, to)}/batch/{verb}";

    internal string AssociationLabels(string from, string to) => $"{Associations(from, to)}/labels";

    internal string AssociationsOf(string from, string id, string to, string? after)
    {
        var path = $"{AssociationsOf(from, id)}/{Segment(to)}?limit=500";
        return after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}";
    }

    internal string Association(string from, string id, string to, string toId) => $"{AssociationsOf(from, id)}/{Segment(to)}/{Segment(toId)}";

    internal string DefaultAssociation(string from, string id, string to, string toId) =>
        $"{AssociationsOf(from, id)}/default/{Segment(to)}/{Segment(toId)}";

    internal string Properties(string type) => legacy
        ? $"/crm/v3/properties/{Segment(type)}"
        : $"/crm/properties/{version}/{Segment(type)}";

    internal string PropertyGroups(string type) => $"{Properties(type)}/groups";

    internal string Pipelines(string type) => legacy
        ? $"/crm/v3/pipelines/{Segment(type)}"
        : $"/crm/pipelines/{version}/{Segment(type)}";

    internal string Pipeline(string type, string id) => $"{Pipelines(type)}/{Segment(id)}";

    internal string Stages(string type, string id) => $"{Pipeline(type, id)}/stages";

    internal string Owners(bool archived, string? after)
    {
        var area = legacy ? "/crm/v3/owners" : $"/crm/owners/{version}";
        var path = $"{area}?limit=100&archived={(archived ? "true" : "false")}";
        return after is null ? path : $"{path}&after={Uri.EscapeDataString(after)}";
    }

    /// <summary>Tells whether a name or id may become a path segment.</summary>
    internal static bool IsSegment(string text) =>
        text.Length is > 0 and <= 200 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private string Associations(string from, string to) => legacy
        ? $"/crm/v4/associations/{Segment(from)}/{Segment(to)}"
        : $"/crm/associations/{version}/{Segment(from)}/{Segment(to)}";

    private string AssociationsOf(string from, string id)
    {
        var area = legacy ? "/crm/v4/objects" : $"/crm/objects/{version}";
        return $"{area}/{Segment(from)}/{Segment(id)}/associations";
    }

    private string Objects(string type) => legacy
        ? $"/crm/v3/objects/{Segment(type)}"
        : $"/crm/objects/{version}/{Segment(type)}";

    private static string Segment(string text) =>
        IsSegment(text) ? text : throw new ArgumentException("A type name or id holds letters that no HubSpot name has.", nameof(text));
}
