using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Connectors;

/// <summary>The pooled HTTP client that all calls to CRMs go through.</summary>
public static class CrmHttpClient
{
    /// <summary>The name of the client in the factory.</summary>
    public const string Name = "Liaison.Crm";

    /// <summary>Adds the client to the factory.</summary>
    public static IServiceCollection AddCrmHttpClient(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHttpClient(Name, Configure)
            .ConfigurePrimaryHttpMessageHandler(MakeHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // They write URLs, which hold record ids.
        return services;
    }

    private static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan; // The channel times each attempt by its own clock.
        client.DefaultRequestVersion = HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Liaison/0.1");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    private static SocketsHttpHandler MakeHandler() => new()
    {
        // A redirect could carry the token to another host.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Shorter than the idle time-outs of the vendors' edges: a write on a connection that is just being closed is ambiguous.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ActivityHeadersPropagator = null,
    };
}
