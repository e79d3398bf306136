using Liaison.Connectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Liaison.Salesforce;

/// <summary>Adds the Salesforce connector to a host.</summary>
public static class SalesforceRegistration
{
    /// <summary>Adds Salesforce to the connectors that connections may name; adding it twice changes nothing.</summary>
    public static IServiceCollection AddSalesforce(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnector, SalesforceConnector>());
        return services;
    }
}
