using System.Globalization;
using Liaison.Connectors;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>All that Salesforce is to the engine.</summary>
internal static class SalesforceDescriptor
{
    internal static ConnectorDescriptor Value { get; } = new()
    {
        Name = "salesforce",
        DisplayName = "Salesforce",
        DefaultBaseUrl = new("https://login.salesforce.com"),
        ApiVersions = [.. SalesforcePaths.SupportedVersions.Select(version => new ApiVersionDescriptor(version, PromisedUntil(version)))],
        RecordTypes = SalesforceRecordTypes.All,
        Values = new() { ListSeparator = ';', InstantPrecision = TimeSpan.FromSeconds(1), TypeOfReference = KeyPrefixes.TypeOf },
        Operations = SalesforceLimits.Operations,
        LimitProfiles = SalesforceLimits.Profiles,
        LimitHeaders = SalesforceLimits.Headers,
        Errors = SalesforceErrors.Rules,
        ReadError = ErrorReader.Read,
        Capabilities = ConnectorCapabilities.Query | ConnectorCapabilities.Update | ConnectorCapabilities.Create
            | ConnectorCapabilities.Associations | ConnectorCapabilities.UserCredentials | ConnectorCapabilities.Link | ConnectorCapabilities.Delete | ConnectorCapabilities.Upsert
            | ConnectorCapabilities.Pipelines,
        Jobs = SalesforceLimits.Jobs,
        BringsLinks = static (from, to) => LinkRule.HeldBy(from, to) is not null,
        Scopes = SalesforceScopes.All,
        Bodies = SalesforceBodies.Value,
        SignIn = SalesforceSignIn.Value,
        MapsUsers = false,
        ParentSteps = SalesforceLimits.ParentSteps,
        FieldPackage = MetadataPackage.Value,
        CorrelationHeaders = ["X-Sfdc-Request-Id"],
    };

    // Three releases a year, of which v66.0 is that of spring 2026. Each is promised for three years at the least; it may go on answering
    // much longer, and that it will not is announced a year ahead (contracts/salesforce.md 2).
    private static DateOnly PromisedUntil(string version) =>
        new DateOnly(2026, 2, 1).AddMonths(4 * (int.Parse(version.AsSpan(1, version.Length - 3), CultureInfo.InvariantCulture) - 66)).AddYears(3);
}
