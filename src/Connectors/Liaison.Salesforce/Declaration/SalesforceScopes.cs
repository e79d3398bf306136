using Liaison.Connectors;

namespace Liaison.Salesforce.Declaration;

/// <summary>What the app has to be granted; what a user may see and change is the user's own rights and no scope.</summary>
internal static class SalesforceScopes
{
    internal static IReadOnlyList<ScopeRequirement> All { get; } =
    [
        new("read and write through the API", ["api", "full"], Write: false),
    ];
}
