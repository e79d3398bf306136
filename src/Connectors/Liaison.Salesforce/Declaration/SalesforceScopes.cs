using Liaison.Connectors;

namespace Liaison.Salesforce.Declaration;

/// <summary>What the app has to be granted; what a user may see and change is the user's own rights and no scope.</summary>
internal static class SalesforceScopes
{
    internal static IReadOnlyList<ScopeRequirement> All { get; } =
    [
        new("read and write through the API", ["api", "full"], Write: false),
        new("know which user and organisation a credential is of", ["id", "openid", "full"], Write: false),
        new("stay connected after the session ends", ["refresh_token", "offline_access"], Write: false),
    ];
}
