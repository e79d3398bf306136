using System.Globalization;
using Liaison.Connectors;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Declaration;

/// <summary>All that HubSpot is to the engine.</summary>
internal static class HubSpotDescriptor
{
    internal static ConnectorDescriptor Value { get; } = new()
    {
        Name = "hubspot",
        DisplayName = "HubSpot",
        DefaultBaseUrl = new("https://api.hubapi.com"),
        ApiVersions =
        [
            .. HubSpotPaths.SupportedVersions.Select(version =>
                new ApiVersionDescriptor(version, EndOf(version))),
        ],
        RecordTypes = HubSpotRecordTypes.All,
        Values = new() { EverythingIsText = true, ListSeparator = ';', EmptyTextClears = true, EpochMilliseconds = true },
        Operations = HubSpotLimits.Operations,
        LimitProfiles = HubSpotLimits.Profiles,
        LimitHeaders = HubSpotLimits.Headers,
        Errors = HubSpotErrors.Rules,
        ReadError = ErrorReader.Read,
        Capabilities = ConnectorCapabilities.Query | ConnectorCapabilities.Update | ConnectorCapabilities.Create
            | ConnectorCapabilities.CreateField | ConnectorCapabilities.Associations | ConnectorCapabilities.UserCredentials
            | ConnectorCapabilities.Link | ConnectorCapabilities.Delete | ConnectorCapabilities.Upsert
            | ConnectorCapabilities.UnownedCreates | ConnectorCapabilities.Pipelines,
        Scopes = HubSpotScopes.All,
        SignIn = HubSpotSignIn.Value,
        Bodies = HubSpotBodies.Value,
        CorrelationHeaders = ["X-HubSpot-Correlation-Id"],
    };

    // Of the two that "v3" stands for, v4 (associations) ends first; a version that is named by its month is supported for 18 months.
    private static DateOnly EndOf(string version) => version == HubSpotPaths.Legacy
        ? new DateOnly(2027, 3, 30)
        : DateOnly.ParseExact($"{version}-30", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(18);
}
