using Liaison.Identity;

namespace Liaison.Connectors;

/// <summary>Which scopes a connection needs for the features that are turned on in it, and no others (R16, R17).</summary>
internal static class FeatureScopes
{
    /// <summary>Lists what the features that are turned on need.</summary>
    public static IReadOnlyList<ScopeRequirement> Needed(ConnectorDescriptor descriptor, ConnectionOptions options) =>
    [
        .. descriptor.Scopes
            .Where(need => options.Features.Count == 0 ? !need.OnRequest : options.Features.Contains(need.Feature))
            .Where(need => !need.Write || options.Writes == ConnectionWrites.Open),
    ];

    /// <summary>Lists the needs that granted scopes leave open.</summary>
    public static IReadOnlyList<ScopeRequirement> Missing(
        ConnectorDescriptor descriptor, ConnectionOptions options, IReadOnlyList<string> granted) =>
        [.. Needed(descriptor, options).Where(need => !need.AnyOf.Any(granted.Contains))];

    /// <summary>Lists the needs of work on records that granted scopes leave open (R18).</summary>
    public static IReadOnlyList<ScopeRequirement> Missing(
        ConnectorDescriptor descriptor, IReadOnlyList<RecordUse> uses, IReadOnlyList<string> granted) =>
    [
        .. descriptor.Scopes
            .Where(need => uses.Any(use => use.Write == need.Write && need.Records.Contains(use.Type)))
            .Where(need => !need.AnyOf.Any(granted.Contains)),
    ];

    /// <summary>Lists what to ask a person for: the grant's own scopes, and for each need the first that suffices.</summary>
    public static IReadOnlyList<string> Asked(GrantDescriptor grant, ConnectorDescriptor descriptor, Connection connection)
    {
        var asked = grant.Scopes.Select(scope => Filled(scope, connection)).ToList();
        foreach (var need in grant.AsksFeatureScopes ? Needed(descriptor, connection.Options) : [])
        {
            if (!need.AnyOf.Any(asked.Contains))
            {
                asked.Add(need.AnyOf[0]);
            }
        }

        return asked;
    }

    /// <summary>Puts the connection's address where a scope names it.</summary>
    public static string Filled(string scope, Connection connection) =>
        scope.Replace("{baseUrl}", connection.Profile.BaseUrl.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
}
