using Liaison.Connectors;

namespace Liaison.Identity;

/// <summary>Finds every fault of the configured connections, not the first.</summary>
public sealed class ConnectionOptionsValidator(IEnumerable<IConnector> connectors)
{
    private readonly List<ConnectorDescriptor> known = [.. connectors.Select(connector => connector.Descriptor)];

    /// <summary>Checks all connections.</summary>
    /// <returns>One sentence a fault; none when everything is right.</returns>
    public IReadOnlyList<string> Validate(IReadOnlyDictionary<string, ConnectionOptions> connections)
    {
        ArgumentNullException.ThrowIfNull(connections);
        return [.. connections.SelectMany(entry => Faults(entry.Key, entry.Value))];
    }

    private IEnumerable<string> Faults(string name, ConnectionOptions options)
    {
        var at = $"connections.{name}";
        if (name.Length is 0 or > 60 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            yield return $"{at}: a connection's name has up to 60 letters, digits, dots, dashes and underscores.";
        }

        var descriptor = known.Find(candidate => string.Equals(candidate.Name, options.Crm, StringComparison.OrdinalIgnoreCase));
        foreach (var fault in AccountFaults(at, options)
            .Concat(AddressFaults.Of($"{at}.baseUrl", options.BaseUrl, options.Environment))
            .Concat(SignInFaults.Of($"{at}.credentials", options, descriptor))
            .Concat(NamedFieldFaults.Of($"{at}.fieldNames", options.FieldNames))
            .Concat(MappedFaults.Of(at, options.Mapped, options.Credentials, descriptor)))
        {
            yield return fault;
        }

        if (descriptor is null)
        {
            yield return $"{at}.crm: \"{options.Crm}\" is no known CRM; known are {List(known.Select(candidate => candidate.Name))}.";
            yield break;
        }

        if (options.ApiVersion is { } version && descriptor.ApiVersions.All(candidate => candidate.Version != version))
        {
            yield return $"{at}.apiVersion: {descriptor.DisplayName} is not spoken at \"{version}\"; known are {List(descriptor.ApiVersions.Select(candidate => candidate.Version))}.";
        }

        foreach (var feature in options.Features.Where(feature => descriptor.Scopes.All(need => need.Feature != feature)))
        {
            yield return $"{at}.features: {descriptor.DisplayName} has no feature \"{feature}\"; there are {List(descriptor.Scopes.Select(need => need.Feature))}.";
        }

        if (options.LimitProfile is { } profile && descriptor.LimitProfiles.All(candidate => candidate.Name != profile))
        {
            yield return $"{at}.limitProfile: {descriptor.DisplayName} has no \"{profile}\"; known are {List(descriptor.LimitProfiles.Select(candidate => candidate.Name))}.";
        }
    }

    private static IEnumerable<string> AccountFaults(string at, ConnectionOptions options)
    {
        if (options.Share is not (>= 0.05 and <= 1.0))
        {
            yield return $"{at}.share: the share of the limit lies between 0.05 and 1.0.";
        }

        if (options.JobsFrom is < 0)
        {
            yield return $"{at}.jobsFrom: a number of records is wanted; 0 is never.";
        }

        if (options.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return $"{at}.timeZone: \"{zone}\" is no known time zone; an IANA name like Europe/Berlin is wanted.";
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names);
}
