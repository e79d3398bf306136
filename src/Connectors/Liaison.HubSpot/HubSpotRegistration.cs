using Liaison.Connectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liaison.HubSpot;

/// <summary>Adds the HubSpot connector to a host.</summary>
public static class HubSpotRegistration
{
    /// <summary>Adds HubSpot to the connectors that connections may name; adding it twice changes nothing.</summary>
    public static IServiceCollection AddHubSpot(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnector, HubSpotConnector>());
        return services;
    }
}
